"""Airflow 3: one task a step, so that a failed step is seen, repeated and alerted by itself.

To use it: copy this file into the folder of your DAGs, put kairos on the PATH of the workers, and
set the Airflow variable `kairos_project` to the folder of the project, which has a memory
(`kairos init`) and pipelines/pull-request.yaml. Receipts and metrics stand in its .kairos folder.

kairos holds a lock for each memory: a second run ends with code 75, which skips the task here
instead of failing it. With Airflow 2 import DAG from `airflow` and BashOperator from
`airflow.operators.bash`.
"""

from datetime import datetime, timedelta

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

ENTER = 'set -euo pipefail; cd "$KAIROS_PROJECT"; '

with DAG(
    dag_id="kairos",
    description="A memory of coding sessions that can be trusted.",
    schedule="17 3 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": timedelta(minutes=10)},
    tags=["kairos"],
) as dag:

    def step(task_id: str, command: str) -> BashOperator:
        """A task that runs one command in the project's folder."""
        return BashOperator(
            task_id=task_id,
            bash_command=ENTER + command,
            env={"KAIROS_PROJECT": "{{ var.value.kairos_project }}"},
            append_env=True,
            skip_on_exit_code=75,
        )

    run = step(
        "run",
        "kairos run pipelines/pull-request.yaml"
        " --receipt .kairos/receipt.json --metrics .kairos/kairos.prom",
    )
    verify = step("verify", "kairos snapshot verify")
    report = step("report", "kairos snapshot diff; kairos status")

    run >> verify >> report
