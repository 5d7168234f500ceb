"use strict";
// Finds pages by their titles at once, by their texts as the files that hold them arrive. Every substring counts.
(() => {
  const MOST = 200;
  const BEFORE = 30;
  const AFTER = 90;
  const bundles = new Map();
  const box = document.getElementById("wq-query");
  const list = document.getElementById("wq-results");
  const state = document.getElementById("wq-state");
  let turn = 0;

  const fold = (text) => text.normalize("NFKC").toLowerCase();

  window.wenquPages = (rows) => {
    for (const [file, pages] of Object.entries(rows)) {
      bundles.set(file, { pages, texts: [], folded: [], loading: null });
    }
  };
  window.wenquTexts = (file, texts) => {
    Object.assign(bundles.get(file), { texts, folded: texts.map(fold) });
  };

  function load(file) {
    const bundle = bundles.get(file);
    bundle.loading ??= new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = file;
      script.onload = script.onerror = resolve;
      document.head.append(script);
    });
    return bundle.loading;
  }

  function piece(text, folded, words) {
    const exact = text.length === folded.length ? text : folded;
    const at = folded.indexOf(words[0]);
    const start = Math.max(0, at - BEFORE);
    const mark = document.createElement("mark");
    mark.textContent = exact.slice(at, at + words[0].length);
    const small = document.createElement("small");
    small.append((start ? "…" : "") + exact.slice(start, at), mark);
    small.append(exact.slice(at + words[0].length, at + words[0].length + AFTER) + "…");
    return small;
  }

  function show([url, title], snippet) {
    const link = document.createElement("a");
    link.href = url;
    link.textContent = title;
    const item = document.createElement("li");
    item.append(link, ...(snippet ? [document.createElement("br"), snippet] : []));
    list.append(item);
  }

  async function search() {
    const words = fold(box.value).split(/\s+/).filter(Boolean);
    const mine = ++turn;
    const shown = new Set();
    const all = (text) => words.every((word) => text.includes(word));
    const count = (done) => {
      const key = shown.size ? "some" : done ? "none" : "";
      state.textContent = key ? state.dataset[key].replace("{count}", shown.size) : "";
    };
    list.replaceChildren();
    state.textContent = "";
    if (!words.length) return;
    for (const { pages } of bundles.values()) {
      for (const page of pages) {
        if (all(fold(page[1])) && shown.size < MOST) {
          shown.add(page[0]);
          show(page, null);
        }
      }
    }
    for (const file of bundles.keys()) {
      await load(file);
      if (mine !== turn) return;
      const { pages, texts, folded } = bundles.get(file);
      folded.forEach((text, at) => {
        if (all(text) && !shown.has(pages[at][0]) && shown.size < MOST) {
          shown.add(pages[at][0]);
          show(pages[at], piece(texts[at], text, words));
        }
      });
      count(false);
    }
    count(true);
  }

  box.value = new URLSearchParams(location.search).get("q") ?? "";
  box.addEventListener("input", search);
  window.addEventListener("load", search);
})();
