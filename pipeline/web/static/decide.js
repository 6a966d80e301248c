/* Deciding without reloading, by mouse or keyboard. Without this script the same forms work by themselves. */
(function () {
  "use strict";
  var desk = document.querySelector("[data-desk]");
  if (!desk) { return; }
  document.documentElement.classList.add("script");
  var told = desk.querySelector("[data-told]");
  var left = desk.querySelector("[data-left]");
  var keys = document.querySelector("[data-keys]");
  var WAIT = 1200;
  var queues = new WeakMap();
  var toast = null;

  function say(words) {
    told.textContent = "";
    window.setTimeout(function () { told.textContent = words; }, 30);
  }

  function show(words, undo) {
    if (toast) { window.clearTimeout(toast.timer); toast.remove(); }
    toast = document.createElement("div");
    toast.className = "toast";
    toast.appendChild(document.createTextNode(words));
    if (undo) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = "撤销";
      button.addEventListener("click", function () { toast.remove(); undo(); });
      toast.appendChild(button);
    }
    document.body.appendChild(toast);
    var shown = toast;
    toast.timer = window.setTimeout(function () { shown.remove(); }, 8000);
  }

  /* one form after the other: what is typed last is what is kept last */
  function send(form, fields) {
    var before = queues.get(form) || Promise.resolve();
    var next = before.then(function () { return post(form, fields); });
    queues.set(form, next.catch(function () {}));
    return next;
  }

  function post(form, fields) {
    var headers = {
      "accept": "application/json",
      "content-type": "application/json",
      "x-csrf-token": form.elements.csrf.value
    };
    form.classList.add("busy");
    return fetch(form.action, { method: "POST", headers: headers, body: JSON.stringify(fields), credentials: "same-origin" })
      .then(function (answer) {
        return answer.json().catch(function () { return {}; }).then(function (data) {
          if (!answer.ok) { throw new Error(data.error || "没有保存（" + answer.status + "）"); }
          return data;
        });
      })
      .then(function (data) { form.classList.remove("busy"); fault(form, ""); return data; },
        function (error) {
          form.classList.remove("busy");
          var words = error instanceof TypeError ? "没有保存：连接不上服务器，请稍后再试" : error.message;
          fault(form, words);
          say(words);
          throw error;
        });
  }

  function fault(form, words) {
    var place = form.querySelector(".wrong");
    if (!place && words) {
      place = document.createElement("p");
      place.className = "wrong";
      form.appendChild(place);
    }
    if (place) { place.textContent = words; }
  }

  function chosen(form) { return form.getAttribute("data-decision"); }

  function values(form) {
    return { decision: chosen(form), reason: form.elements.reason.value, note: form.elements.note.value };
  }

  function paint(form, data) {
    var review = data.review;
    form.setAttribute("data-decision", review.decision);
    ["accept", "reject", "unsure"].forEach(function (kind) {
      form.querySelector(".decide-" + kind).setAttribute("aria-pressed", String(kind === review.decision));
    });
    form.querySelector(".decide-open").hidden = review.decision === "open";
    form.querySelector(".decide-save").value = review.decision;
    form.querySelector("[data-when]").textContent = review.decision === "open" ? "" : review.at.slice(0, 16).replace("T", " ");
    reasons(form);
    if (form.elements.reason.value !== review.reason) { form.elements.reason.value = review.reason; }
    count(data);
  }

  function count(data) {
    var words = data.total ? (data.left ? "疑点 " + data.total + " 条，还有 " + data.left + " 条未判断" : "疑点 " + data.total + " 条，已全部判断") : "没有疑点";
    if (data.doubts_left) { words += "；另有存疑等 " + data.doubts_left + " 项"; }
    left.textContent = words;
  }

  /* only the reasons of what was chosen */
  function reasons(form) {
    var select = form.elements.reason;
    var kind = chosen(form);
    Array.prototype.forEach.call(select.querySelectorAll("optgroup"), function (group) {
      var fits = kind === "open" || group.getAttribute("data-for") === kind;
      group.hidden = !fits;
      group.disabled = !fits;
    });
    select.disabled = kind === "open";
    var option = select.options[select.selectedIndex];
    if (option && option.parentNode.nodeName === "OPTGROUP" && option.parentNode.disabled) { select.value = ""; }
  }

  function decide(form, kind) {
    var before = values(form);
    var fields = { decision: kind, reason: kind === before.decision ? before.reason : "", note: before.note };
    return send(form, fields).then(function (data) {
      paint(form, data);
      say(data.words + "，" + left.textContent);
      if (before.decision !== kind) {
        show(data.words, function () {
          send(form, { decision: before.decision, reason: before.reason, note: form.elements.note.value })
            .then(function (again) { paint(form, again); say("已恢复"); }, function () {});
        });
      }
    }, function () {});
  }

  function save(form) {
    if (form.elements.note.value === form.elements.note.defaultValue) { return; }
    var fields = values(form);
    send(form, fields).then(function (data) {
      form.elements.note.defaultValue = fields.note;
      paint(form, data);
      say("说明已保存");
    }, function () {});
  }

  var forms = Array.prototype.slice.call(document.querySelectorAll("form[data-decide]"));
  forms.forEach(function (form) {
    var timer = 0;
    reasons(form);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("click", function (event) {
      var button = event.target.closest("button[name=decision]");
      if (!button) { return; }
      event.preventDefault();
      if (button.classList.contains("decide-save")) { save(form); return; }
      decide(form, button.value === chosen(form) ? "open" : button.value);
    });
    form.elements.reason.addEventListener("change", function () {
      send(form, values(form)).then(function (data) { paint(form, data); say("理由已保存"); }, function () {});
    });
    form.elements.note.addEventListener("input", function () {
      window.clearTimeout(timer);
      timer = window.setTimeout(function () { save(form); }, WAIT);
      grow(form.elements.note);
    });
    form.elements.note.addEventListener("change", function () { window.clearTimeout(timer); save(form); });
    grow(form.elements.note);
  });

  function grow(area) {
    area.rows = Math.min(8, Math.max(1, area.value.split("\n").length));
  }

  window.addEventListener("beforeunload", function (event) {
    var unsaved = forms.some(function (form) { return form.elements.note.value !== form.elements.note.defaultValue; });
    if (unsaved) { event.preventDefault(); event.returnValue = ""; }
  });

  /* the keyboard */
  var items = Array.prototype.slice.call(document.querySelectorAll("[data-key]")).filter(function (item) {
    return item.querySelector("form[data-decide]");
  });

  function at() {
    var focused = document.activeElement && document.activeElement.closest("[data-key]");
    var index = items.indexOf(focused);
    if (index >= 0) { return index; }
    return items.findIndex(function (item) { return item.classList.contains("at"); });
  }

  function go(index) {
    if (index < 0 || index >= items.length) { say(index < 0 ? "已是第一条" : "已是最后一条"); return; }
    items.forEach(function (item, place) { item.classList.toggle("at", place === index); });
    items[index].focus({ preventScroll: true });
    items[index].scrollIntoView({ block: "start" });
    say("第 " + (index + 1) + " 条，共 " + items.length + " 条");
  }

  function typing(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.nodeName);
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) { return; }
    if (event.key === "Escape" && typing(event.target)) {
      var own = event.target.closest("[data-key]");
      if (own) { own.focus({ preventScroll: true }); }
      return;
    }
    if (typing(event.target) || (keys && keys.open)) { return; }
    var index = at();
    var form = index >= 0 ? items[index].querySelector("form[data-decide]") : null;
    var kinds = { a: "accept", r: "reject", u: "unsure" };
    if (event.key === "j") { go(index + 1); }
    else if (event.key === "k") { go(index < 0 ? items.length - 1 : index - 1); }
    else if (event.key === "?") { help(); }
    else if (!form) {
      if (kinds[event.key] || event.key === "n" || event.key === "o") { say("请先按 j 选一条"); }
      return;
    }
    else if (kinds[event.key]) {
      if (event.repeat) { return; }
      decide(form, chosen(form) === kinds[event.key] ? "open" : kinds[event.key]);
    }
    else if (event.key === "n") { form.elements.note.focus(); }
    else if (event.key === "o") {
      var address = items[index].getAttribute("data-open");
      if (address) { window.location.assign(address); } else { say("这一条没有可以打开的页"); }
    }
    else { return; }
    event.preventDefault();
  });

  function help() {
    if (!keys) { return; }
    if (keys.showModal) { keys.showModal(); } else { keys.setAttribute("open", ""); }
  }

  var asks = document.querySelector("[data-help]");
  if (asks) { asks.hidden = false; asks.addEventListener("click", help); }
})();
