/* The threshold explorer in the browser: every setting answers at once, nothing is sent. */
"use strict";
(() => {
  const data = document.getElementById("threshold-state");
  const form = document.getElementById("explore");
  if (!data || !form) return;
  const state = JSON.parse(data.textContent);
  if (!state) return;
  const Cuts = globalThis.Cuts;
  const held = Cuts.ready(state);
  const MINUS = "−";
  const $ = (name) => document.querySelector(`[data-shown="${name}"]`);
  const put = (name, text) => { const found = $(name); if (found) found.textContent = text; };

  /* ---- numbers, as the server writes them ---- */
  const fixed = (x, places) => Number(`${Math.round(Number(`${Math.abs(x)}e${places}`))}e-${places}`)
    .toLocaleString("en-US", { minimumFractionDigits: places, maximumFractionDigits: places });
  const bare = (x, places) => (Number(fixed(x, places).replaceAll(",", "")) && x < 0 ? MINUS : "")
    + fixed(x, places);
  const placesFor = (one, factor, least, steps) => {
    const width = (one.high - one.low) * factor;
    for (let places = least; places < 12; places += 1) {
      const wide = width === 0 || width * 10 ** places >= steps;
      const seen = one.value === 0 || Math.abs(one.value) * factor * 10 ** places >= 3;
      const apart = one.low === one.high
        || bare(one.low * factor, places) !== bare(one.high * factor, places);
      if (wide && seen && apart) return places;
    }
    return 12;
  };
  const percent = (one) => {
    if (!one) return "no row";
    const places = placesFor(one, 100, 1, 5);
    return `${bare(100 * one.value, places)} % (${bare(100 * one.low, places)} to ${bare(100 * one.high, places)})`;
  };
  const money = (one) => {
    const places = state.known ? placesFor(one, 1, 2, 2) : Math.max(placesFor(one, 1, 0, 10), 3);
    const [before, after] = "€$£¥".includes(state.currency) && state.currency
      ? [state.currency, ""] : ["", state.currency ? ` ${state.currency}` : ""];
    const sign = bare(one.value, places).startsWith(MINUS) ? MINUS : "";
    const size = bare(Math.abs(one.value), places);
    const unit = state.known ? after : " errors";
    return `${sign}${state.known ? before : ""}${size}${unit} (${bare(one.low, places)} to ${bare(one.high, places)})`;
  };
  const number = (x) => (x === null ? "above every score" : String(Number(x.toPrecision(12))));

  /* ---- what is asked ---- */
  const field = (name) => {
    const given = form.elements[name];
    if (!given || given.value.trim() === "") return null;
    const value = Number(given.value);
    return Number.isFinite(value) ? value : null;
  };
  const asked = () => ({
    at: field("at") ?? state.today,
    falseNegative: field("false_negative") ?? 0,
    falsePositive: field("false_positive") ?? 0,
    truePositive: field("true_positive") ?? 0,
    trueNegative: field("true_negative") ?? 0,
    prevalence: field("prevalence") === null ? null : field("prevalence") / 100,
    volume: field("volume"),
    low: field("band_low"),
    high: field("band_high"),
  });

  /* ---- the pictures, as charts/cuts.py draws them ---- */
  const BOX = { width: 560, height: 250, left: 62, right: 92, top: 16, bottom: 40 };
  const element = (name, attributes, text) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const ticks = (low, high, most) => {
    const width = high - low;
    if (!(width > 0)) return [low];
    const size = 10 ** Math.floor(Math.log10(width / most));
    const step = [1, 2, 5, 10, 20, 50].map((one) => one * size).find((one) => width / one < most);
    const found = [];
    for (let at = Math.ceil(low / step); at <= Math.floor(high / step); at += 1) {
      found.push(Number((at * step).toPrecision(12)));
    }
    return found;
  };
  const draw = (picture, points, found, wanted) => {
    const floor = BOX.height - BOX.bottom;
    const right = BOX.width - BOX.right;
    const part = (value, low, high) =>
      (high > low ? Math.min(Math.max((value - low) / (high - low), 0), 1) : 0.5);
    const across = [points[0].at, points[points.length - 1].at];
    const ends = points.flatMap((one) => [one.low, one.high]);
    const room = 0.06 * (Math.max(...ends) - Math.min(...ends) || 1);
    const up = [Math.min(...ends) - room, Math.max(...ends) + room];
    const x = (value) => BOX.left + (right - BOX.left) * part(value, ...across);
    const y = (value) => BOX.top + (floor - BOX.top) * (1 - part(value, ...up));
    const path = (side, list) => list.map((one) => `${x(one.at).toFixed(1)} ${y(one[side]).toFixed(1)}`);
    const axes = element("g", { class: "axes", "font-size": 11, fill: "currentColor" });
    ticks(...across, 6).forEach((value) => axes.append(element("text",
      { x: x(value), y: floor + 15, "text-anchor": "middle" }, String(value))));
    ticks(...up, 5).forEach((value) => axes.append(
      element("path", { d: `M${BOX.left} ${y(value)}H${right}`, stroke: "currentColor", "stroke-opacity": 0.14 }),
      element("text", { x: BOX.left - 6, y: y(value) + 4, "text-anchor": "end" }, value.toLocaleString("en-US"))));
    axes.append(element("text", { x: (BOX.left + right) / 2, y: BOX.height - 6, "text-anchor": "middle" }, "threshold"));
    const line = element("g", { class: "line line-1" });
    line.append(
      element("path", { class: "band", fill: "currentColor", "fill-opacity": 0.18,
        d: `M${[...path("high", points), ...path("low", [...points].reverse())].join("L")}Z` }),
      element("path", { class: "mean", fill: "none", stroke: "currentColor", "stroke-width": 1.8,
        d: `M${path("value", points).join("L")}` }));
    const threshold = (cut) => state.thresholds[cut] ?? 1;
    const range = [x(threshold(found.first)), x(threshold(found.last))];
    const marks = [["today", held.today, "today"], ["yours", wanted.at, "looked at"],
      ["best", threshold(found.cut), "best"]].sort((one, other) => one[1] - other[1]).map(([kind, at, words], place) => {
      const mark = element("g", { class: `mark ${kind}` });
      const end = x(at) > BOX.width * 0.6;
      mark.append(
        element("line", { x1: x(at), x2: x(at), y1: BOX.top + 14 * place, y2: floor + 4, stroke: "currentColor",
          "stroke-width": 1.6, ...(kind === "today" ? { "stroke-dasharray": "4 3" } : {}) }),
        element("text", { x: x(at) + (end ? -4 : 4), y: BOX.top + 10 + 14 * place, "font-size": 12,
          "text-anchor": end ? "end" : "start", fill: "currentColor" }, `${words} ${number(at)}`));
      return mark;
    });
    picture.replaceChildren(
      element("rect", { class: "range", x: range[0], y: BOX.top, width: Math.max(range[1] - range[0], 1),
        height: floor - BOX.top, fill: "currentColor", "fill-opacity": 0.1 }),
      axes,
      element("path", { class: "axis", d: `M${BOX.left} ${BOX.top}V${floor}H${right}`, fill: "none",
        stroke: "currentColor", "stroke-opacity": 0.45 }),
      line, ...marks);
    picture.setAttribute("aria-label", `Cost of a decision by threshold: today ${number(held.today)}, `
      + `looked at ${number(wanted.at)}, best ${number(state.thresholds[found.cut])}.`);
  };

  /* ---- the answer ---- */
  let told = "";
  let found = null;
  const measures = (column, cut, wanted) => {
    Object.entries(Cuts.shares(held, cut, wanted)).forEach(([name, one]) => put(`${column}.${name}`, percent(one)));
  };
  const whatCosts = (wanted) => {
    const key = JSON.stringify([wanted.falseNegative, wanted.falsePositive, wanted.truePositive,
      wanted.trueNegative, wanted.prevalence]);
    if (key === told) return;
    told = key;
    found = Cuts.best(held, wanted);
    const cuts = held.pos.length;
    put("best.threshold", number(state.thresholds[found.cut]));
    measures("best", found.cut, wanted);
    const own = Cuts.cost(held, found.cut, wanted);
    const low = Math.min(...held.pos.map((_, at) => Cuts.cost(held, at, wanted).low));
    put("best.cost", money({ value: own.value, low,
      high: Cuts.cost(held, found.cut, wanted, held.alpha / cuts).high }));
    put("range", found.first === found.last ? number(state.thresholds[found.cut])
      : `${number(state.thresholds[found.first])} to ${number(state.thresholds[found.last])}`);
    put("regret", money(Cuts.regret(held, wanted)));
    const today = Cuts.index(held, held.today);
    measures("today", today, wanted);
    put("today.cost", money(Cuts.cost(held, today, wanted)));
  };
  const answer = () => {
    const wanted = asked();
    const { miss, alarm } = Cuts.prices(wanted);
    const sense = miss > 0 && alarm > 0 && (wanted.prevalence === null
      || (wanted.prevalence > 0 && wanted.prevalence < 1));
    document.getElementById("nonsense").hidden = sense;
    document.getElementById("at-number").textContent = number(wanted.at);
    if (!sense) return;
    whatCosts(wanted);
    const at = Cuts.index(held, wanted.at);
    const today = Cuts.index(held, held.today);
    put("at.threshold", number(wanted.at));
    measures("at", at, wanted);
    put("at.cost", money(Cuts.cost(held, at, wanted)));
    put("at.more", money(Cuts.dearer(held, at, today, wanted, held.alpha)));
    const flagged = Cuts.shares(held, at, wanted).flagged;
    const count = (x) => Math.round(x * wanted.volume).toLocaleString("en-US");
    put("at.workload", wanted.volume ? `${count(flagged.value)} of ${wanted.volume.toLocaleString("en-US")} a day are flagged (${count(flagged.low)} to ${count(flagged.high)})` : "");
    if (wanted.low !== null || wanted.high !== null) {
      const shares = Cuts.band(held, wanted.low ?? 0, wanted.high ?? 1);
      put("band", `Automatic ${percent(shares.automated)}; wrong among these ${percent(shares.error)}; left to people ${percent(shares.people)}.`);
    } else put("band", "");
    const picture = document.querySelector("#cost-picture svg");
    if (picture) {
      const step = Math.max(1, Math.floor(held.pos.length / 100));
      const points = held.pos.map((_, cut) => cut)
        .filter((cut) => state.thresholds[cut] !== null && (cut % step === 0 || cut === found.cut || cut === today || cut === at))
        .map((cut) => ({ at: state.thresholds[cut], ...Cuts.cost(held, cut, wanted) }));
      if (points.length > 1) draw(picture, points, found, wanted);
    }
  };

  /* ---- wiring: the address follows, so a link always shows exactly this ---- */
  const follow = (query) => {
    document.querySelectorAll('main a[href*="/thresholds/"]').forEach((link) => { link.search = query.toString(); });
    document.querySelectorAll('main form[method="post"]').forEach((other) => {
      Array.from(form.elements).filter((one) => one.name && one.name !== "why").forEach((one) => {
        const kept = other.querySelector(`input[type="hidden"][name="${one.name}"]`);
        if (one.value === "") { if (kept) kept.remove(); return; }
        const made = kept ?? other.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: one.name }));
        made.value = one.value;
      });
    });
  };
  let waiting = 0;
  const later = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => {
      answer();
      const query = new URLSearchParams();
      new FormData(form).forEach((value, name) => { if (value !== "") query.append(name, value); });
      history.replaceState(null, "", `?${query}`);
      follow(query);
    });
  };
  form.addEventListener("input", later);
  document.documentElement.classList.add("explores");
  answer();
  globalThis.Explorer = { held, asked, answer };
})();
