/* Copied text: a run that both passages have lights up on both pages and in both texts. Readable without this script. */
(function () {
  "use strict";
  var view = document.getElementById("copies");
  var runs = 0, lit = 0, held = false;

  function each(list, run) { Array.prototype.forEach.call(list, run); }
  function all(number) { return view.querySelectorAll('[data-run="' + number + '"]'); }
  each(view.querySelectorAll("[data-run]"), function (item) { runs = Math.max(runs, Number(item.getAttribute("data-run"))); });

  function light(number) {
    if (number === lit) { return; }
    each(all(lit), function (item) { item.classList.remove("lit"); });
    lit = number;
    each(all(lit), function (item) { item.classList.add("lit"); });
  }
  /* scroll a pane so that what it holds comes to its middle */
  function bring(pane, item) {
    var frame = pane.getBoundingClientRect(), seen = item.getBoundingClientRect();
    if (seen.height > frame.height) { pane.scrollTop += seen.top - frame.top - 10; return; }
    pane.scrollTop += seen.top - frame.top - (frame.height - seen.height) / 2;
    if (seen.left < frame.left || seen.right > frame.right) { pane.scrollLeft += seen.left - frame.left - 20; }
  }
  function align(number) {
    each(view.querySelectorAll("[data-canvas], [data-words]"), function (pane) {
      var item = pane.querySelector('[data-run="' + number + '"]');
      if (item) { bring(pane, item); }
    });
  }
  function choose(number) { held = true; light(number); align(number); }
  function runOf(event) {
    var item = event.target.closest && event.target.closest("[data-run]");
    return item ? Number(item.getAttribute("data-run")) : 0;
  }
  view.addEventListener("mouseover", function (event) { if (!held) { light(runOf(event)); } });
  view.addEventListener("click", function (event) {
    if (event.target.closest("a") || String(window.getSelection())) { return; }
    var number = runOf(event);
    if (number) { choose(number); } else { held = false; light(0); }
  });
  function go(link) { if (link) { window.location.href = link.href; } }
  document.addEventListener("keydown", function (event) {
    var typing = event.target.closest && event.target.closest("input, select, textarea, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) { return; }
    var now = view.querySelector(".parts .now");
    switch (event.key) {
      case "ArrowDown": if (lit < runs) { choose(lit + 1); } break;
      case "ArrowUp": if (lit > 1) { choose(lit - 1); } break;
      case "j": go(now && now.nextElementSibling && now.nextElementSibling.href ? now.nextElementSibling : null); break;
      case "k": go(now && now.previousElementSibling); break;
      case "o": go(view.querySelector("[data-back]")); break;
      default: return;
    }
    event.preventDefault();
  });
  /* both pages begin where the passage does */
  each(view.querySelectorAll("[data-canvas]"), function (pane) {
    var whole = pane.querySelector(".whole");
    if (whole) { pane.scrollTop += whole.getBoundingClientRect().top - pane.getBoundingClientRect().top - 24; }
  });
}());
