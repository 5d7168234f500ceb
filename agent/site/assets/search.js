"use strict";
// Finds pages by their titles and tags at once, by their texts as the files that hold them arrive. Every substring counts.
(() => {
  const MOST = 200;
  const BEFORE = 30;
  const AFTER = 90;
  const bundles = new Map();
  const box = document.getElementById("wq-query");
  const list = document.getElementById("wq-results");
  const state = document.getElementById("wq-state");
  let turn = 0;

  // A folded text is as long as the text, so that a place in the one is a place in the other.
  const foldOne = (character) => {
    const folded = character.normalize("NFKC").toLowerCase();
    return folded.length === character.length ? folded : character;
  };
  // What stays as it is, most of a text: all of ASCII but capitals, kana, Chinese.
  const OTHERS = /[^\x00-\x40\x5b-\x7f\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff]/gu;
  const fold = (text) => text.normalize("NFC").replace(OTHERS, foldOne);
  const count = (text, word) => text.split(word).length - 1;

  window.wenquPages = (files) => {
    for (const [file, rows] of Object.entries(files)) {
      const pages = rows.map(([url, title, date, ...tags]) => {
        return { url, title, date, named: fold([title, ...tags].join("\n")), text: "", folded: "" };
      });
      bundles.set(file, { pages, loading: null });
    }
  };
  window.wenquTexts = (file, texts) => {
    for (const page of bundles.get(file).pages) {
      page.text = (texts[page.url] ?? "").normalize("NFC");
      page.folded = fold(page.text);
    }
  };

  // Gives whether the file came; one that did not is asked for again by the next search.
  function load(file) {
    const bundle = bundles.get(file);
    bundle.loading ??= new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = file;
      script.onload = () => resolve(true);
      script.onerror = () => {
        bundle.loading = null;
        resolve(false);
      };
      document.head.append(script);
    });
    return bundle.loading;
  }

  // The more words the title and the tags have, the more often they stand in the text, the younger the page: the
  // earlier it comes.
  function hit(page, words) {
    const inName = words.map((word) => page.named.includes(word));
    const inText = words.map((word) => count(page.folded, word));
    if (!words.every((_, at) => inName[at] || inText[at])) return null;
    const named = inName.filter(Boolean).length;
    return { page, named, times: inText.reduce((sum, one) => sum + one, 0) };
  }

  function before(one, other) {
    return other.named - one.named || other.times - one.times || (one.page.date < other.page.date ? 1 : -1);
  }

  function piece({ text, folded }, words) {
    const places = words.map((word) => [folded.indexOf(word), word]).filter(([at]) => at >= 0);
    if (!places.length) return [];
    const [at, word] = places[0];
    const start = Math.max(0, at - BEFORE);
    const end = at + word.length;
    const mark = document.createElement("mark");
    mark.textContent = text.slice(at, end);
    const small = document.createElement("small");
    small.append((start ? "…" : "") + text.slice(start, at), mark, text.slice(end, end + AFTER));
    small.append(end + AFTER < text.length ? "…" : "");
    return [document.createElement("br"), small];
  }

  function item({ page }, words) {
    const link = document.createElement("a");
    link.href = page.url;
    link.textContent = page.title;
    const row = document.createElement("li");
    row.append(link, ...piece(page, words));
    return row;
  }

  function say(found, isDone, failed) {
    const key = found > MOST ? "most" : found ? "some" : isDone && !failed ? "none" : "";
    const said = key ? [state.dataset[key].replace("{count}", found).replace("{shown}", MOST)] : [];
    if (failed) said.push(state.dataset.failed.replace("{count}", failed));
    state.textContent = said.join(" ");
  }

  async function search() {
    const address = new URL(location.href);
    address.searchParams.set("q", box.value);
    history.replaceState(null, "", address);
    const words = [...new Set(fold(box.value).split(/\s+/).filter(Boolean))];
    const mine = ++turn;
    const found = new Map();
    let failed = 0;
    const look = (pages) => {
      for (const page of pages) {
        const one = words.length ? hit(page, words) : null;
        if (one) found.set(page, one);
      }
    };
    const show = (isDone) => {
      const shown = [...found.values()].sort(before).slice(0, MOST);
      list.replaceChildren(...shown.map((one) => item(one, words)));
      list.ariaBusy = String(!isDone);
      say(found.size, isDone && words.length > 0, failed);
    };
    for (const { pages } of bundles.values()) look(pages);
    show(!words.length);
    if (!words.length) return;
    for (const [file, { pages }] of bundles) {
      const isHere = await load(file);
      if (mine !== turn) return;
      failed += isHere ? 0 : 1;
      look(pages);
      show(false);
    }
    show(true);
  }

  box.value = new URLSearchParams(location.search).get("q") ?? "";
  box.addEventListener("input", (event) => event.isComposing || search());
  box.addEventListener("compositionend", search);
  window.addEventListener("load", search);
})();
