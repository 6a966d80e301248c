/* The page viewer: zoom, drag, keys, and which line of text stands where. Without this script the page can be read. */
(function () {
  "use strict";
  var viewer = document.getElementById("viewer");
  var canvas = viewer.querySelector("[data-canvas]");
  var paper = viewer.querySelector("[data-paper]");
  var scan = viewer.querySelector("[data-scan]");
  var strip = viewer.querySelector(".strip");
  var lines = viewer.querySelector("[data-lines]");
  var base = viewer.getAttribute("data-base");
  var number = Number(viewer.getAttribute("data-page"));
  var natural = { width: Number(viewer.getAttribute("data-width")), height: Number(viewer.getAttribute("data-height")) };
  var WIDTHS = [1000, 1600, 2400];
  var STEP = 1.25, LEAST = 0.1, MOST = 6;

  function each(list, run) { Array.prototype.forEach.call(list, run); }
  function kept(name) { try { return window.sessionStorage.getItem("viewer." + name); } catch (error) { return null; } }
  function keep(name, value) { try { window.sessionStorage.setItem("viewer." + name, value); } catch (error) { return; } }
  function go(link) { if (link) { window.location.href = link.href; } }
  function one(selector) { return viewer.querySelector(selector); }

  /* zoom: "width", "page", or pixels of the screen for one pixel of the page */
  var zoom = kept("zoom") || "width";
  if (zoom !== "width" && zoom !== "page") { zoom = Number(zoom) || "width"; }

  function room() { return { width: canvas.clientWidth - 20, height: canvas.clientHeight - 20 }; }
  function scale() {
    var free = room();
    if (zoom === "width") { return free.width / natural.width; }
    if (zoom === "page") { return Math.min(free.width / natural.width, free.height / natural.height); }
    return zoom;
  }
  function lay() {
    paper.style.width = zoom === "width" ? "" : Math.round(natural.width * scale()) + "px";
    one("[data-scale]").textContent = Math.round(scale() * 100) + "%";
    each(viewer.querySelectorAll("[data-zoom]"), function (button) {
      var mode = button.getAttribute("data-zoom");
      var on = mode === zoom || (mode === "full" && zoom === 1);
      if (button.hasAttribute("aria-pressed")) { button.setAttribute("aria-pressed", on ? "true" : "false"); }
    });
    sharpen();
  }
  function sharpen() {
    var needed = paper.clientWidth * (window.devicePixelRatio || 1) * 0.85;
    var fit = WIDTHS.filter(function (width) { return width >= needed; })[0] || WIDTHS[WIDTHS.length - 1];
    var shown = Number(scan.getAttribute("data-shown") || WIDTHS[0]);
    if (fit <= shown) { return; }
    scan.setAttribute("data-shown", fit);
    var larger = new Image();
    larger.onload = function () { scan.src = larger.src; };
    larger.src = base + "/p/" + number + "/image?w=" + fit;
  }
  function zoomTo(wanted, x, y) {
    var before = scale();
    zoom = typeof wanted === "number" ? Math.min(MOST, Math.max(LEAST, wanted)) : wanted;
    keep("zoom", zoom);
    var left = canvas.scrollLeft + x, top = canvas.scrollTop + y;
    lay();
    var grown = scale() / before;
    canvas.scrollLeft = left * grown - x;
    canvas.scrollTop = top * grown - y;
  }
  function zoomBy(step) { zoomTo(scale() * step, canvas.clientWidth / 2, canvas.clientHeight / 3); }
  function zoomMode(mode) {
    var chosen = one(".over .chosen > rect");
    zoomTo(mode === "full" ? 1 : mode, 0, 0);
    if (chosen) { show(chosen, false); }
  }

  if (natural.width && one(".over")) {
    one("[data-zooms]").hidden = false;
    viewer.addEventListener("click", function (event) {
      var button = event.target.closest("[data-zoom]");
      if (!button) { return; }
      var mode = button.getAttribute("data-zoom");
      if (mode === "in") { zoomBy(STEP); } else if (mode === "out") { zoomBy(1 / STEP); } else { zoomMode(mode); }
    });
    canvas.addEventListener("wheel", function (event) {
      if (!event.ctrlKey) { return; }
      event.preventDefault();
      var frame = canvas.getBoundingClientRect();
      zoomTo(scale() * (event.deltaY < 0 ? 1.15 : 1 / 1.15), event.clientX - frame.left, event.clientY - frame.top);
    }, { passive: false });
    window.addEventListener("resize", lay);
    lay();
  }

  /* drag to move the page */
  var drag = null;
  canvas.addEventListener("pointerdown", function (event) {
    if (event.button !== 0 || event.pointerType === "touch") { return; }
    drag = { x: event.clientX, y: event.clientY, left: canvas.scrollLeft, top: canvas.scrollTop, moved: false };
  });
  window.addEventListener("pointermove", function (event) {
    if (!drag) { return; }
    if (Math.abs(event.clientX - drag.x) + Math.abs(event.clientY - drag.y) > 4) { drag.moved = true; }
    if (!drag.moved) { return; }
    canvas.classList.add("dragged");
    canvas.scrollLeft = drag.left - (event.clientX - drag.x);
    canvas.scrollTop = drag.top - (event.clientY - drag.y);
  });
  window.addEventListener("pointerup", function () {
    window.setTimeout(function () { drag = null; }, 0);
    canvas.classList.remove("dragged");
  });

  /* bring a box into the middle of what is seen */
  function show(box, smooth) {
    var frame = canvas.getBoundingClientRect(), seen = box.getBoundingClientRect();
    var left = canvas.scrollLeft + seen.left - frame.left - Math.max(20, (frame.width - seen.width) / 2);
    var top = canvas.scrollTop + seen.top - frame.top - Math.max(40, (frame.height - seen.height) / 2);
    if (smooth && canvas.scrollTo) { canvas.scrollTo({ left: left, top: top, behavior: "smooth" }); }
    else { canvas.scrollLeft = left; canvas.scrollTop = top; }
  }
  function within(box) {
    var frame = canvas.getBoundingClientRect(), seen = box.getBoundingClientRect();
    return seen.top >= frame.top && seen.bottom <= frame.bottom && seen.left >= frame.left && seen.right <= frame.right;
  }

  /* findings: chosen by number, in the list or on the page */
  function pick(key) {
    each(viewer.querySelectorAll(".k-evidence, .card"), function (item) {
      var is = Boolean(key) && item.getAttribute("data-key") === key;
      item.classList.toggle("chosen", is);
      if (item.classList.contains("card")) { item.classList.toggle("at", is); }
    });
    var tick = document.getElementById("show-evidence");
    if (tick) { tick.checked = true; }
    var box = one(".k-evidence.chosen > rect"), card = one(".card.chosen");
    if (box) { show(box, true); }
    if (card) { card.scrollIntoView({ block: "nearest" }); }
    if (window.history.replaceState) { window.history.replaceState(null, "", "?f=" + encodeURIComponent(key)); }
  }
  viewer.addEventListener("click", function (event) {
    var link = event.target.closest("[data-pick]"), tag = event.target.closest(".k-evidence");
    if (link) { event.preventDefault(); pick(link.getAttribute("data-pick")); }
    else if (tag && !(drag && drag.moved)) { pick(tag.getAttribute("data-key")); }
  });

  /* a line of text and its place light up together */
  var lit = -1, held = false;
  function both(index, run) { each(viewer.querySelectorAll('[data-line="' + index + '"]'), run); }
  function light(index) {
    if (index === lit) { return; }
    both(lit, function (item) { item.classList.remove("lit"); });
    lit = index;
    both(lit, function (item) { item.classList.add("lit"); });
  }
  function showLine(index, smooth) {
    var box = one('.over [data-line="' + index + '"]'), text = lines && lines.querySelector('[data-line="' + index + '"]');
    if (box && !within(box)) { show(box, smooth); }
    if (text) { text.scrollIntoView({ block: "nearest" }); }
  }
  function lineOf(event) {
    var item = event.target.closest && event.target.closest("[data-line]");
    return item ? Number(item.getAttribute("data-line")) : -1;
  }
  viewer.addEventListener("mouseover", function (event) { if (!held && !drag) { light(lineOf(event)); } });
  viewer.addEventListener("click", function (event) {
    var index = lineOf(event);
    if (drag && drag.moved) { return; }
    if (index < 0) { if (event.target.closest(".canvas, .lines")) { held = false; light(-1); } return; }
    if (String(window.getSelection())) { return; }
    held = true;
    light(index);
    showLine(index, true);
  });
  if (lines) {
    lines.addEventListener("keydown", function (event) {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") { return; }
      var count = lines.querySelectorAll("[data-line]").length;
      var next = lit + (event.key === "ArrowDown" ? 1 : -1);
      event.preventDefault();
      if (next < 0 || next >= count) { return; }
      held = true;
      light(next);
      showLine(next, false);
    });
    var button = one("[data-copy]");
    button.hidden = false;
    button.addEventListener("click", function () {
      var selection = window.getSelection(), range = document.createRange();
      range.selectNodeContents(lines);
      selection.removeAllRanges();
      selection.addRange(range);
      var done = false;
      try { done = document.execCommand("copy"); } catch (error) { done = false; }
      if (done) { selection.removeAllRanges(); }
      button.textContent = done ? "已复制" : "请按 Ctrl+C";
    });
  }

  /* which kinds of boxes are shown is kept while the window is open */
  var ticked = kept("kinds");
  each(viewer.querySelectorAll(".switch"), function (tick) {
    var kind = tick.getAttribute("data-kind");
    if (ticked !== null && kind !== "evidence" && !tick.checked) { tick.checked = ticked.split(" ").indexOf(kind) >= 0; }
    tick.addEventListener("change", function () {
      var others = (kept("kinds") || "").split(" ").filter(function (other) { return other && other !== kind; });
      keep("kinds", (tick.checked ? others.concat(kind) : others).join(" "));
    });
  });

  /* the strip shows where we are */
  var here = strip.querySelector(".here");
  if (here) { strip.scrollTop = here.offsetTop - (strip.clientHeight - here.offsetHeight) / 2; }

  /* going elsewhere */
  one("[data-goto]").addEventListener("submit", function (event) {
    event.preventDefault();
    var wanted = parseInt(document.getElementById("goto").value, 10);
    if (wanted > 0) { window.location.href = base + "/p/" + wanted; }
  });
  one("[data-jump]").addEventListener("change", function (event) {
    window.location.href = base + "/p/" + event.target.value;
  });
  function turn(step) { go(one('.turn a[rel="' + (step > 0 ? "next" : "prev") + '"]')); }
  function scrolls(step) {
    var left = step > 0 ? canvas.scrollHeight - canvas.clientHeight - canvas.scrollTop : canvas.scrollTop;
    if (left < 4) { return false; }
    canvas.scrollTop += step * canvas.clientHeight * 0.85;
    return true;
  }
  document.addEventListener("keydown", function (event) {
    var at = event.target, typing = at.closest && at.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
    if (event.defaultPrevented || typing || event.ctrlKey || event.metaKey || event.altKey) { return; }
    var zooms = !one("[data-zooms]").hidden;
    switch (event.key) {
      case "ArrowLeft": turn(-1); break;
      case "ArrowRight": turn(1); break;
      case "PageUp": if (!scrolls(-1)) { turn(-1); } break;
      case "PageDown": if (!scrolls(1)) { turn(1); } break;
      case "ArrowUp": canvas.scrollTop -= 60; break;
      case "ArrowDown": canvas.scrollTop += 60; break;
      case "j": case "k": go(one('[data-walk="' + event.key + '"]')); break;
      case "o": go(one(".card.chosen .links a") || document.querySelector('.crumbs a[href="' + base + '"]')); break;
      case "+": case "=": if (zooms) { zoomBy(STEP); } break;
      case "-": if (zooms) { zoomBy(1 / STEP); } break;
      case "0": if (zooms) { zoomMode("width"); } break;
      case "9": if (zooms) { zoomMode("page"); } break;
      case "1": if (zooms) { zoomMode("full"); } break;
      default: return;
    }
    event.preventDefault();
    event.stopImmediatePropagation(); /* decide.js hears only of what is left: a r u n */
  });

  /* what was asked for is shown at once */
  var chosen = one(".over .chosen > rect"), card = one(".card.chosen");
  if (chosen) { show(chosen, false); }
  if (card) { card.scrollIntoView({ block: "nearest" }); }
}());
