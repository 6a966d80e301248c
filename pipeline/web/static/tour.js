/* Three steps for who opens the desk for the first time. How far one is stands in this browser alone (localStorage). */
(function () {
  "use strict";
  var STEPS = [
    {
      at: "table.cases",
      title: "先看哪个案卷",
      words: "这里按最需要人看的顺序列出案卷，可以按机构、律师、规则等筛选，也可以查找卷内文字。",
      next: "打开第一个案卷",
      go: "table.cases a.name"
    },
    {
      at: "article.finding",
      title: "疑点要由您判断",
      words: "每个疑点都有页图、位置、依据。用键盘：j、k 看下一条、上一条，a 成立，r 不成立，u 拿不准，o 打开原页，? 列出全部按键。",
      next: "下一步"
    },
    {
      at: ".desk",
      title: "看完之后",
      words: "读错的日期、文书可以当场更正，程序立即重新判断。核对完点“我已核对完本案卷”，再到页末“移交”。",
      next: "知道了"
    }
  ];
  var KEY = "tour";
  var OVER = STEPS.length;
  var panel = null;

  function done() {
    try { return Math.min(OVER, Math.max(0, Number(window.localStorage.getItem(KEY)) || 0)); } catch (error) { return OVER; }
  }

  function keep(count) {
    try { window.localStorage.setItem(KEY, String(count)); } catch (error) { return; }
  }

  function target(step) { return document.querySelector(STEPS[step].at); }

  function close() {
    var marked = document.querySelector(".toured");
    if (marked) { marked.classList.remove("toured"); }
    if (panel) { panel.remove(); panel = null; }
  }

  function end() {
    var had = panel && panel.contains(document.activeElement);
    keep(OVER);
    close();
    if (had) { document.getElementById("main").focus(); }
  }

  function made(name, words, kind) {
    var element = document.createElement(name);
    if (kind) { element.className = kind; }
    element.textContent = words;
    return element;
  }

  function button(words, kind, run) {
    var element = made("button", words, kind);
    element.type = "button";
    element.addEventListener("click", run);
    return element;
  }

  function forward(step) {
    var link = STEPS[step].go && document.querySelector(STEPS[step].go);
    keep(step + 1);
    if (link) { window.location.assign(link.href); }
    else if (step + 1 < OVER && target(step + 1)) { show(step + 1, true); }
    else { end(); }
  }

  function show(step, asked) {
    var told = STEPS[step];
    close();
    panel = document.createElement("section");
    panel.className = "tour";
    panel.tabIndex = -1;
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-modal", "false");
    panel.setAttribute("aria-labelledby", "tour-title");
    panel.setAttribute("aria-describedby", "tour-words");
    panel.appendChild(made("h2", told.title)).id = "tour-title";
    panel.appendChild(made("p", told.words)).id = "tour-words";
    var row = panel.appendChild(made("p", "", "tour-do"));
    row.appendChild(button(told.next, "", function () { forward(step); }));
    if (step > 1) { row.appendChild(button("上一步", "plain", function () { show(step - 1, true); })); }
    if (step < OVER - 1) { row.appendChild(button("不再显示（Esc）", "plain", end)); }
    row.appendChild(made("span", step + 1 + " / " + OVER, "tour-step"));
    var main = document.getElementById("main");
    main.insertBefore(panel, main.firstChild);
    target(step).classList.add("toured");
    if (asked || (step && !window.location.hash)) { target(step).scrollIntoView({ block: "nearest" }); }
    if (asked) { panel.focus({ preventScroll: true }); }
  }

  function start(first) {
    for (var step = first; step < OVER; step += 1) {
      if (target(step)) { return step; }
    }
    return -1;
  }

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !panel || document.querySelector("dialog[open]")) { return; }
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.nodeName)) { return; }
    end();
  });

  Array.prototype.forEach.call(document.querySelectorAll("[data-tour]"), function (again) {
    again.hidden = false;
    again.addEventListener("click", function () {
      var dialog = again.closest("dialog");
      if (dialog && dialog.close) { dialog.close(); }
      keep(0);
      var step = start(0);
      if (step >= 0) { show(step, true); }
    });
  });

  if (done() < OVER) {
    var now = start(done());
    if (now >= 0) { show(now, false); }
  }
})();
