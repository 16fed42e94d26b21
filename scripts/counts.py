#!/usr/bin/env python3
"""Compares what kairos read of the shared transcripts with an independent count of the raw files.

usage: counts.py KAIROS DATA [NAME…]

DATA holds archives `NAME.tar.zst`. Each is ingested as it is into a memory of its own; then its
files are counted here, with nothing but the standard library. A row is one format of one archive:
sessions, messages (records in which a person, the model or the program says something), tool calls
of the model, and results that belong to a call. Copies count once. Exit code 1: a number differs,
or fewer than 99.9 % of the results of Claude Code found their call.
"""
import collections, glob, hashlib, io, json, os, re, sqlite3, subprocess, sys, tarfile, tempfile

Count = collections.namedtuple("Count", "sessions messages calls results")


def empty():
    return Count(set(), set(), set(), set())


def text_of(content):
    """The texts of a message's content in the shapes that agents use."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "\n".join(
            block if isinstance(block, str) else block["text"] for block in content
            if isinstance(block, str) or isinstance(block, dict) and isinstance(block.get("text"), str))
    return ""


def records(data):
    """The objects of JSON lines; a line may hold several, or a torn one."""
    decoder = json.JSONDecoder()
    for line in data.decode("utf-8", "replace").split("\n"):
        at = 0
        while at < len(line):
            if line[at] in " \r\t":
                at += 1
                continue
            try:
                record, at = decoder.raw_decode(line, at)
            except ValueError:
                break
            if isinstance(record, dict):
                yield record


# MARK: One function a format: adds what a file holds, returns whether it is of this format.

NO_SPEECH = (
    "[Request interrupted by user", "<bash-stdout>", "<local-command-stdout></local-command-stdout>")


def claude_code(data, count):
    head = re.search(rb'"sessionId":"([^"]*)"', data)
    rows = list(records(data))
    if not head or not any(row.get("uuid") and row.get("type") in ("user", "assistant") for row in rows):
        return False
    if any("parts" in row["message"] for row in rows if isinstance(row.get("message"), dict)):
        return False
    count.sessions.add(head.group(1).decode())
    for row in rows:
        kind = row.get("type")
        key = row.get("uuid") or json.dumps(row)
        if kind == "queue-operation" and row.get("operation") == "enqueue":
            if row.get("content", "").strip():
                count.messages.add(key)
        elif kind == "attachment":
            inner = row.get("attachment") or {}
            if inner.get("type") in ("queued_command", "nested_memory"):
                count.messages.add(key)
        elif kind == "system" and row.get("subtype") == "away_summary":
            count.messages.add(key)
        elif kind in ("user", "assistant"):
            message = row.get("message")
            content = message.get("content") if isinstance(message, dict) else None
            blocks = content if isinstance(content, list) else [{"type": "text", "text": content}]
            for block in filter(lambda block: isinstance(block, dict), blocks):
                if block.get("type") == "text" and (block.get("text") or "").strip():
                    if not block["text"].startswith(NO_SPEECH):
                        count.messages.add(key)
                elif block.get("type") == "tool_use" and kind == "assistant":
                    count.calls.add(block["id"])
                elif block.get("type") == "tool_result" and kind == "user":
                    count.results.add(block["tool_use_id"])
    return True


def codex(data, count):
    rows = list(records(data))
    if not rows or rows[0].get("type") != "session_meta":
        return False
    count.sessions.add(rows[0]["payload"]["id"])
    seen = collections.Counter()
    for row in rows:
        item = row.get("payload") or {}
        kind = item.get("type")
        if row["type"] == "response_item" and kind == "message" or row["type"] == "compacted":
            text = text_of(item.get("content")) if kind == "message" else item.get("message", "")
            if text.strip():
                key = (item.get("role", "summary"), text)
                seen[key] += 1
                count.messages.add(key + (seen[key],))
        elif kind in ("function_call", "custom_tool_call", "local_shell_call"):
            count.calls.add(item["call_id"])
        elif kind in ("function_call_output", "custom_tool_call_output"):
            count.results.add(item["call_id"])
    return True


def gemini_cli(data, count):
    root = document(data)
    if not isinstance(root, dict) or not isinstance(root.get("messages"), list) or "projectHash" not in root:
        return False
    session = root["sessionId"]
    for index, message in enumerate(root["messages"]):
        key = (session, message.get("id", index))
        if message.get("type") in ("user", "gemini"):
            count.sessions.add(session)
            if text_of(message.get("content")).strip():
                count.messages.add(key)
        for call in message.get("toolCalls") or []:
            count.calls.add((session, call["id"]))
            if call.get("result") or call.get("status") in ("success", "error", "cancelled"):
                count.results.add((session, call["id"]))
    return True


def chatgpt(data, count):
    root = document(data)
    chats = root if isinstance(root, list) else [root]
    if not chats or not all(isinstance(chat, dict) and "mapping" in chat for chat in chats):
        return False
    for chat in chats:
        session = chat.get("conversation_id") or chat.get("id")
        count.sessions.add(session)
        node, branch = chat.get("current_node"), []
        while node in chat["mapping"]:
            branch.append(chat["mapping"][node].get("message"))
            node = chat["mapping"][node].get("parent")
        call = None
        for message in filter(None, reversed(branch)):
            role, content = message["author"]["role"], message.get("content") or {}
            text = content.get("text") or text_of(content.get("parts"))
            if role == "assistant" and (content.get("content_type") == "code" or message.get("recipient", "all") != "all"):
                call = message["id"]
                count.calls.add(call)
            elif role == "tool" and call:
                count.results.add(call)
                call = None
            elif role in ("user", "assistant") and text.strip():
                if content.get("content_type") not in ("thoughts", "reasoning_recap"):
                    count.messages.add(message["id"])
    return True


def swe_agent(data, count):
    root = document(data)
    if not isinstance(root, dict) or not isinstance(root.get("history"), list):
        return False
    steps = root.get("trajectory") or [
        dict(item, observation="") for item in root["history"] if item.get("action")]
    if not steps or not isinstance(steps[0], dict) or "action" not in steps[0]:
        return False
    session = digest([root.get("environment"), steps[0], first_issue(root)])
    count.sessions.add(session)
    seen = collections.Counter()
    for step in steps:
        action = step.get("action")
        if not action or not action.strip():
            continue
        key = (session, action)
        seen[key] += 1
        count.calls.add(key + (seen[key],))
        if "observation" in step:
            count.results.add(key + (seen[key],))
    return True


def first_issue(root):
    said = [item for item in root.get("history") or [] if item.get("role") == "user" and not item.get("is_demo")]
    return text_of(said[0].get("content")) if said else ""


def aider(data, count):
    text = data.decode("utf-8", "replace")
    if not re.search(r"^# aider chat started at \d{4}-\d\d-\d\d", text[:8192], re.M):
        return False
    # What stands before the first heading belongs to a session whose heading is lost.
    if text.split("# aider chat started at")[0].strip():
        count.sessions.add("")
    for match in re.finditer(r"^# aider chat started at (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\s*$", text, re.M):
        count.sessions.add(match.group(1))
    return True


def specstory(data, count):
    text = data.decode("utf-8", "replace")
    session = re.search(r"^<!-- .* Session ([0-9a-f-]{36})", text, re.M)
    if not text.startswith("<!-- ") or not session:
        return False
    session = session.group(1)
    count.sessions.add(session)
    # An element or a heading that follows no blank line, or stands in one, is an example.
    seen, inside, blank = collections.Counter(), None, True
    for line in text.split("\n"):
        begins = blank and inside is None
        if begins and line.startswith("<tool-use data-tool-type"):
            inside = []
        elif begins and line.startswith("<think>"):
            inside = False
        if isinstance(inside, list):
            inside.append(line)
        if line.rstrip().endswith("</tool-use>") and isinstance(inside, list):
            body = "\n".join(inside)
            seen[body] += 1
            count.calls.add((session, body, seen[body]))
            inside = None
        elif line.rstrip().endswith("</think>") and inside is False:
            inside = None
        blank = not line.strip() or line == "---"
    return True


def recording(data, count):
    if not re.match(rb'\{"version":\s*[123]', data) and not data.startswith(b"Script started on"):
        return False
    count.sessions.add(hashlib.sha256(data).hexdigest())
    return True


def digest(value):
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def document(data):
    try:
        return json.loads(data.decode("utf-8-sig", "replace"))
    except ValueError:
        return None


COUNTERS = {
    "claude-code": claude_code, "codex": codex, "gemini-cli": gemini_cli, "chatgpt": chatgpt,
    "swe-agent": swe_agent, "aider": aider, "specstory": specstory, "asciicast": recording,
    "typescript": recording, "crush": None, "opencode-2025": None,
}
# Small files that were damaged on purpose, many without ids; shown, but not compared.
DAMAGED = {"synthetic-fixtures"}
# What the counters of texts do not count.
UNCOUNTED = {
    "aider": ("messages", "calls", "results"), "specstory": ("messages", "results"),
    "asciicast": ("messages", "calls", "results"), "typescript": ("messages", "calls", "results"),
    "swe-agent": ("messages",), "crush": ("messages",), "opencode-2025": ("messages",),
}


def independent(members):
    counts = collections.defaultdict(empty)
    for data in members:
        for name, counter in COUNTERS.items():
            if counter is None:
                continue
            found = empty()
            if name == ("typescript" if data.startswith(b"Script") else "asciicast") or counter is not recording:
                if counter(data, found):
                    for total, some in zip(counts[name], found):
                        total |= some
                    break
    return counts


# MARK: What kairos read

def unpacked(archive, folder):
    """The folder of an archive that holds databases, which are not read inside of archives."""
    subprocess.run(f"zstd -dcq --long=27 '{archive}' | tar -x -C '{folder}'", shell=True, check=True)
    return folder


def databases(folder, counts):
    """Counts the databases of Crush and OpenCode of 2025: messages with parts as JSON."""
    for path in glob.glob(f"{folder}/**/*.db", recursive=True):
        name = "crush" if "crush" in os.path.basename(path) else "opencode-2025"
        store, count = sqlite3.connect(path), counts[name]
        for session, role, parts in store.execute("SELECT session_id, role, parts FROM messages"):
            for part in json.loads(parts):
                data = part.get("data") or {}
                if part["type"] == "tool_call":
                    count.calls.add(data["id"])
                elif part["type"] == "tool_result":
                    count.results.add(data["tool_call_id"])
                if part["type"] in ("text", "tool_call", "tool_result"):
                    count.sessions.add(session)


def kairos_counts(kairos, archive, folder):
    def run(*arguments):
        return subprocess.run([kairos, *arguments], cwd=folder, capture_output=True, text=True)
    run("init", "--project", "dir:counts", "--quiet")
    done = run("ingest", archive, "--quiet")
    if done.returncode not in (0, 65):
        sys.exit(f"counts: kairos ingest {archive} failed: {done.stderr}")
    store = sqlite3.connect(f"file:{folder}/.kairos/kairos.db?mode=ro", uri=True)
    formats = dict(store.execute("SELECT id, format FROM sources"))
    counts = collections.defaultdict(empty)
    seen, memories, answered = set(), set(), set()
    for log in sorted(glob.glob(f"{folder}/.kairos/events/*.zst")):
        if not os.path.getsize(log):  # a session without events
            continue
        lines = subprocess.run(["zstd", "-dcq", log], capture_output=True, check=True).stdout
        for line in lines.splitlines():
            event = json.loads(line)
            count = counts[formats[event["place"]["source"]]]
            count.sessions.add(event["session"])
            if event["id"] in seen:
                continue
            seen.add(event["id"])
            body, place = event["body"], event["place"]
            numbered = formats[place["source"]] == "gemini-cli"
            key = (event["session"], body.get("call")) if numbered else body.get("call")
            where = (place["digest"], place["bytes"][0])
            if event["kind"] == "message" and event["actor"] != "tool":
                count.messages.add(where)
                if event["actor"] == "memory":
                    memories.add(where)
            elif event["kind"] == "tool-call" and event["actor"] == "assistant":
                count.calls.add(key)
            elif event["kind"] == "tool-result" and event["actor"] == "tool":
                count.results.add(key)
                answered.add(where)
    # A memory file that a tool showed is no message.
    for count in counts.values():
        count.messages.difference_update(memories & answered)
    return counts


def members(archive):
    """The contents of all files in an archive."""
    unpacked = subprocess.Popen(["zstd", "-dcq", "--long=27", archive], stdout=subprocess.PIPE)
    with tarfile.open(fileobj=unpacked.stdout, mode="r|") as tar:
        for member in tar:
            if member.isfile():
                yield tar.extractfile(member).read()
    unpacked.wait()


def numbers(count):
    return [len(count.sessions), len(count.messages), len(count.calls), len(count.results & count.calls)]


def main():
    kairos, data, names = os.path.abspath(sys.argv[1]), sys.argv[2], sys.argv[3:]
    archives = sorted(glob.glob(f"{data}/*.tar.zst"))
    labels = ["sessions", "messages", "calls", "results"]
    print("kairos / counted here; – : not counted")
    print(f"{'archive':<29}{'format':<13}" + "".join(f"{label:>16}" for label in labels))
    wrong, joined, results = [], 0, 0
    for archive in archives:
        name = os.path.basename(archive)[: -len(".tar.zst")]
        if names and name not in names:
            continue
        with tempfile.TemporaryDirectory() as folder:
            read = kairos_counts(kairos, os.path.abspath(archive), folder)
        counted = independent(members(archive))
        if any(data.startswith(b"SQLite format 3") for data in members(archive)) and not counted:
            with tempfile.TemporaryDirectory() as files, tempfile.TemporaryDirectory() as folder:
                read = kairos_counts(kairos, unpacked(archive, files), folder)
                try:
                    databases(files, counted)
                except sqlite3.Error as error:
                    print(f"{name}: {error}")
        for kind in sorted(set(read) | set(counted)):
            cells = []
            left, right = numbers(read[kind]), numbers(counted[kind])
            for label, ours, theirs in zip(labels, left, right):
                if kind not in COUNTERS or label in UNCOUNTED.get(kind, ()):
                    cells.append(f"{ours} / –")
                    continue
                cells.append(f"{ours} / {theirs}")
                if ours != theirs and name not in DAMAGED:
                    wrong.append(f"{name}: {kind}: {label}: kairos {ours}, counted {theirs}")
            print(f"{name:<29}{kind:<13}" + "".join(f"{cell:>16}" for cell in cells))
            if kind == "claude-code" and name not in DAMAGED:
                joined += left[3]
                results += len(counted[kind].results)
        if not read and not counted:
            print(f"{name:<29}no transcripts")
    if results:
        print(f"Claude Code: {joined} of {results} results are joined, {100 * joined / results:.3f} %")
        if joined < 0.999 * results:
            wrong.append("Claude Code: too few results are joined")
    for line in wrong:
        print("DIFFERS " + line)
    sys.exit(1 if wrong else 0)


main()
