// A reading aid only; the page is complete without it. Left / right arrow: page before, page after.
(function () {
  "use strict";
  var sheets = Array.prototype.slice.call(document.querySelectorAll("section.sheet"));
  document.addEventListener("keydown", function (event) {
    var on = event.key === "ArrowRight", back = event.key === "ArrowLeft";
    if ((!on && !back) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    var edge = (parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0) + 24;
    var tops = sheets.map(function (sheet) { return Math.round(sheet.getBoundingClientRect().top); });
    var now = -1;
    tops.forEach(function (top, index) { if (top <= edge) now = index; });
    var next = on ? now + 1 : now - (tops[now] < -edge ? 0 : 1);
    if (next < 0 || next >= sheets.length) return;
    sheets[next].scrollIntoView({ behavior: "instant" });
    sheets[next].focus({ preventScroll: true });
    event.preventDefault();
  });
})();
