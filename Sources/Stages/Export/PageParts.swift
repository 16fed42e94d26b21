/// Style and script of the page, fixed texts whose digests its policy names.
enum PageParts {
  static let style = """

    :root {
      color-scheme: light dark;
      --ink: #1c2128; --soft: #59636e; --line: #d8dee4; --paper: #ffffff; --tint: #f4f6f8;
      --accent: #0b62c4; --firm: #116329; --tentative: #7d4e00; --stale: #59636e;
      --superseded: #6639ba; --rejected: #b3202b;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ink: #e2e8ee; --soft: #98a4b0; --line: #323b45; --paper: #12161b; --tint: #1b2128;
        --accent: #6cb0ff; --firm: #57c274; --tentative: #e0a63a; --stale: #98a4b0;
        --superseded: #b794f6; --rejected: #ff7b72;
      }
    }
    * { box-sizing: border-box; }
    html { scroll-padding-top: 6rem; }
    body {
      margin: 0 auto; max-width: 68rem; padding: 0 1.25rem 4rem; color: var(--ink);
      background: var(--paper); font: 1rem/1.55 system-ui, sans-serif;
      display: grid; grid-template-columns: 13rem minmax(0, 1fr); column-gap: 2.5rem;
    }
    header, form, footer { grid-column: 1 / -1; }
    header { padding-top: 2rem; }
    h1 { margin: 0; font-size: 1.6rem; line-height: 1.25; overflow-wrap: anywhere; }
    header p, footer { margin: .35rem 0 0; color: var(--soft); }
    code { font: .875em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
    .statement code, dd code { background: var(--tint); border-radius: 4px; padding: .1em .3em; }
    a { color: var(--accent); }
    form {
      position: sticky; top: 0; z-index: 1; background: var(--paper); padding: 1rem 0 .75rem;
      border-bottom: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: .6rem 1.25rem;
      align-items: center;
    }
    #query {
      flex: 1 1 16rem; font: inherit; color: inherit; background: var(--tint);
      border: 1px solid var(--line); border-radius: 8px; padding: .5rem .75rem;
    }
    fieldset {
      border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem .9rem;
    }
    legend { position: absolute; width: 1px; height: 1px; overflow: hidden; }
    label { white-space: nowrap; cursor: pointer; }
    input[type=checkbox] { accent-color: var(--accent); vertical-align: -.1em; }
    .count, output { color: var(--soft); font-size: .875rem; font-variant-numeric: tabular-nums; }
    nav ul { position: sticky; top: 6rem; list-style: none; margin: 1.9rem 0 0; padding: 0; }
    nav li { display: flex; justify-content: space-between; padding: .15rem 0; }
    nav a { text-decoration: none; }
    nav a:hover { text-decoration: underline; }
    main { min-width: 0; }
    h2 { font-size: 1.15rem; margin: 1.75rem 0 .5rem; }
    h3 { font-size: .875rem; margin: .9rem 0 .3rem; }
    .facts, .evidence { list-style: none; margin: 0; padding: 0; }
    .facts > li { border-top: 1px solid var(--line); }
    .facts > li:last-child { border-bottom: 1px solid var(--line); }
    summary {
      padding: .6rem .25rem; cursor: pointer; list-style: none; display: flex; flex-wrap: wrap;
      gap: .1rem 1rem; justify-content: space-between; align-items: baseline;
    }
    summary::-webkit-details-marker { display: none; }
    summary:hover { background: var(--tint); }
    .statement { flex: 1 1 26rem; min-width: 0; overflow-wrap: anywhere; unicode-bidi: isolate; }
    .marks {
      color: var(--soft); font-size: .8125rem; display: flex; flex-wrap: wrap; gap: 0 .75rem;
      font-variant-numeric: tabular-nums;
    }
    .place { overflow-wrap: anywhere; }
    .state { font-weight: 600; }
    .firm { color: var(--firm); }
    .tentative { color: var(--tentative); }
    .stale { color: var(--stale); }
    .superseded { color: var(--superseded); }
    .rejected { color: var(--rejected); }
    li[data-state=superseded] .statement, li[data-state=rejected] .statement {
      text-decoration: line-through; text-decoration-color: var(--soft);
    }
    details[open] { background: var(--tint); padding: 0 .75rem .9rem; border-radius: 8px; }
    details[open] summary { padding-left: 0; font-weight: 500; }
    details[open] code { background: none; padding: 0; }
    dl {
      display: grid; grid-template-columns: 7rem minmax(0, 1fr); margin: 0; font-size: .9375rem;
    }
    dt { color: var(--soft); }
    dd { margin: 0; overflow-wrap: anywhere; }
    .evidence li { padding: .3rem 0 .3rem .8rem; border-left: 3px solid var(--line); }
    .evidence li + li { margin-top: .4rem; }
    q { quotes: none; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
    .evidence p { margin: 0; color: var(--soft); font-size: .8125rem; overflow-wrap: anywhere; }
    footer { margin-top: 3rem; font-size: .875rem; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    [hidden] { display: none !important; }
    @media (max-width: 52rem) {
      body { display: block; }
      form { position: static; }
      nav ul {
        position: static; display: flex; flex-wrap: wrap; gap: .1rem 1rem; margin-top: 1rem;
      }
      nav li { gap: .35rem; }
      dl { grid-template-columns: 6rem minmax(0, 1fr); }
    }
    @media print { form, nav { display: none; } }

    """

  /// Without it, every fact is shown; with it, firm ones at first.
  static let script = """

    "use strict";
    const query = document.getElementById("query");
    const shown = document.getElementById("shown");
    const nothing = document.getElementById("nothing");
    const states = Array.from(document.querySelectorAll("input[name=state]"));
    const sections = Array.from(document.querySelectorAll("section"), (node) => ({
      node, link: document.querySelector(`nav a[href="#${node.id}"]`).parentNode,
    }));
    const facts = Array.from(document.querySelectorAll(".facts > li"), (node) => ({
      node, state: node.dataset.state, section: node.closest("section").id,
      text: node.textContent.toLowerCase(),
    }));
    function update() {
      const words = query.value.toLowerCase().split(/\\s+/).filter(Boolean);
      const wanted = new Set(states.filter((box) => box.checked).map((box) => box.value));
      const counts = {};
      let total = 0;
      for (const fact of facts) {
        const visible = wanted.has(fact.state) && words.every((word) => fact.text.includes(word));
        fact.node.hidden = !visible;
        if (!visible) continue;
        total += 1;
        counts[fact.section] = (counts[fact.section] || 0) + 1;
      }
      for (const { node, link } of sections) {
        node.hidden = link.hidden = !counts[node.id];
        link.querySelector(".count").textContent = counts[node.id] || 0;
      }
      shown.textContent = `${total} of ${facts.length} facts`;
      nothing.hidden = total > 0;
    }
    function reveal() {
      const node = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!node || !node.matches(".facts > li")) return;
      for (const box of states) if (box.value === node.dataset.state) box.checked = true;
      query.value = "";
      update();
      node.querySelector("details").open = true;
      node.scrollIntoView();
    }
    const hasFirm = states.some((box) => box.value === "firm");
    for (const box of states) box.checked = !hasFirm || box.value === "firm";
    document.querySelector("form").addEventListener("input", update);
    document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
    window.addEventListener("hashchange", reveal);
    update();
    reveal();

    """
}
