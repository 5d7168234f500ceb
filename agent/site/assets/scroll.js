"use strict";
// What is wider than its box scrolls from the keyboard once it can have the focus; not every browser sees to that.
(() => {
  function reach() {
    for (const box of document.querySelectorAll(".wq-display, .wq-long, .wq-table, pre")) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  }
  reach();
  window.addEventListener("load", reach);
  window.addEventListener("resize", reach);
  document.addEventListener("toggle", reach, true);
})();
