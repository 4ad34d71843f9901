/* Every cut weighed from the counts by score, by the formulas of the library (stats/cuts.py). */
"use strict";
globalThis.Cuts = (() => {
  const { limits, atMost, atLeast } = globalThis.Beta;
  const FIRST = 8;
  const FOR_PREVALENCE = 0.2;
  const FEWEST = 20;

  const edges = (counts) => counts.reduce((sums, one) => [...sums, sums[sums.length - 1] + one], [0]);

  /* Counts of the page made ready: rows below each cut, totals. */
  const ready = (state) => {
    const pos = edges(state.positives);
    const neg = edges(state.negatives);
    const unlabelled = edges(state.unlabelled);
    const last = pos.length - 1;
    return { ...state, pos, neg, none: unlabelled, last, P: pos[last], N: neg[last],
      n: pos[last] + neg[last], total: pos[last] + neg[last] + unlabelled[last],
      rows: pos.map((one, i) => one + neg[i]) };
  };

  const index = (held, threshold) => {
    const at = held.low.findIndex((one) => one >= threshold);
    return at < 0 ? held.last : at;
  };

  const prices = (asked) => ({ miss: asked.falseNegative - asked.truePositive,
    alarm: asked.falsePositive - asked.trueNegative, prevalence: asked.prevalence });

  const share = (k, n, alpha) => {
    if (!(n > 0)) return null;
    const [low, high] = limits(k, n, alpha);
    return { value: k / n, low, high };
  };

  /* Flagged, recall, precision, false positive rate, friction at one cut. */
  const shares = (held, at, asked) => {
    const alpha = held.alpha;
    const tp = held.P - held.pos[at];
    const fp = held.N - held.neg[at];
    const recall = share(tp, held.P, alpha);
    const fpr = share(fp, held.N, alpha);
    const w = asked.prevalence;
    if (w === null) {
      return { flagged: share(held.total - held.rows[at] - held.none[at], held.total, alpha), recall,
        precision: share(tp, tp + fp, alpha), false_positive_rate: fpr,
        friction: share(fp, held.n, alpha) };
    }
    const v = 1 - w;
    const value = w * recall.value + v * fpr.value;
    const half = [share(tp, held.P, alpha / 2), share(fp, held.N, alpha / 2)];
    const right = (t, f) => (w * t + v * f > 0 ? (w * t) / (w * t + v * f) : NaN);
    const precision = { value: right(half[0].value, half[1].value),
      low: right(half[0].low, half[1].high), high: right(half[0].high, half[1].low) };
    return { flagged: { value,
      low: value - Math.hypot(w * (recall.value - recall.low), v * (fpr.value - fpr.low)),
      high: value + Math.hypot(w * (recall.high - recall.value), v * (fpr.high - fpr.value)) },
    recall, precision: Number.isNaN(precision.value) ? null : precision, false_positive_rate: fpr,
    friction: { value: v * fpr.value, low: v * fpr.low, high: v * fpr.high } };
  };

  const costValue = (held, at, asked) => {
    const recall = (held.P - held.pos[at]) / held.P;
    const fpr = (held.N - held.neg[at]) / held.N;
    const p = asked.prevalence === null ? held.P / held.n : asked.prevalence;
    return p * (asked.truePositive * recall + asked.falseNegative * (1 - recall))
      + (1 - p) * (asked.falsePositive * fpr + asked.trueNegative * (1 - fpr));
  };

  /* Square-and-add of shares with weights of any sign; nested where root odds are given. */
  const signed = (parts, weights, alpha, odds) => {
    const found = parts.map(([k, n]) => share(k, n, alpha));
    const value = found.reduce((sum, one, i) => sum + weights[i] * one.value, 0);
    const ends = ["low", "high"].map((side) => {
      const other = side === "low" ? "high" : "low";
      const steps = found.map((one, i) =>
        Math.abs(weights[i]) * Math.abs(one.value - one[weights[i] >= 0 ? side : other]));
      let square = steps.reduce((sum, one) => sum + one * one, 0);
      if (odds) {
        steps.forEach((one, i) => {
          for (let j = i + 1; j < steps.length; j += 1) {
            square += ((2 * odds[j]) / odds[i]) * one * steps[j];
          }
        });
      }
      return Math.sqrt(square);
    });
    return { value, low: value - ends[0], high: value + ends[1] };
  };

  const shifted = (one, by) => ({ value: one.value + by, low: one.low + by, high: one.high + by });

  /* The mean cost of a decision at one cut. */
  const cost = (held, at, asked, alpha = held.alpha) => {
    const tp = held.P - held.pos[at];
    const fp = held.N - held.neg[at];
    const amounts = [asked.truePositive, asked.falsePositive, asked.falseNegative, asked.trueNegative];
    const w = asked.prevalence;
    if (w !== null) {
      const base = w * amounts[2] + (1 - w) * amounts[3];
      return shifted(signed([[tp, held.P], [fp, held.N]],
        [w * (amounts[0] - amounts[2]), (1 - w) * (amounts[1] - amounts[3])], alpha, null), base);
    }
    const cells = [tp, fp, held.P - tp, held.N - fp];
    const levels = [...new Set(amounts)].sort((a, b) => a - b);
    const counts = levels.slice(1).map((level) =>
      cells.reduce((sum, one, i) => sum + (amounts[i] >= level ? one : 0), 0));
    const weights = levels.slice(1).map((level, i) => level - levels[i]);
    if (held.n < FEWEST) {
      const parts = counts.map((k) => share(k, held.n, alpha / counts.length));
      const sum = (side) => parts.reduce((all, one, i) => all + weights[i] * one[side], levels[0]);
      return { value: sum("value"), low: sum("low"), high: sum("high") };
    }
    const odds = counts.map((k) => { const q = (k + 0.5) / (held.n + 1); return Math.sqrt(q / (1 - q)); });
    return shifted(signed(counts.map((k) => [k, held.n]), weights, alpha, odds), levels[0]);
  };

  /* What cut `a` costs a decision more than cut `b`. */
  const dearer = (held, a, b, asked, alpha) => {
    if (a === b) return { value: 0, low: 0, high: 0 };
    const { miss, alarm, prevalence } = prices(asked);
    const k = Math.abs(held.pos[a] - held.pos[b]);
    const m = Math.abs(held.neg[a] - held.neg[b]);
    const whole = prevalence === null;
    const bases = whole ? [held.n, held.n] : [held.P, held.N];
    const x = whole ? [miss, alarm] : [miss * prevalence, alarm * (1 - prevalence)];
    const p = share(k, bases[0], alpha);
    const q = share(m, bases[1], alpha);
    const odds = (s) => (s < 1 ? Math.sqrt(s / (1 - s)) : 0);
    const cross = whole ? Math.min(odds(p.value) * odds(q.value), 1) : 0;
    const value = x[1] * q.value - x[0] * p.value;
    const step = (dq, dp) => {
      const [u, v] = [x[1] * dq, x[0] * dp];
      return Math.sqrt(u * u + v * v + 2 * cross * u * v);
    };
    const low = value - step(q.value - q.low, p.high - p.value);
    const high = value + step(q.high - q.value, p.value - p.low);
    return b > a ? { value, low, high } : { value: -value, low: -high, high: -low };
  };

  const ladder = (n) => {
    const steps = Math.ceil(Math.log(Math.max(n / FIRST, 1)) / Math.log(Math.SQRT2)) + 1;
    return Array.from({ length: steps }, (_, i) => Math.ceil(FIRST * Math.SQRT2 ** i));
  };

  const firstAtLeast = (sums, x) => { /* bisection: sums never fall */
    let [low, high] = [0, sums.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] >= x) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const firstAbove = (sums, x) => {
    let [low, high] = [0, sums.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] > x) high = middle;
      else low = middle + 1;
    }
    return low;
  };

  const neighbours = (held, cut, rungs) => rungs.map((rung) => [
    Math.max(firstAtLeast(held.rows, held.rows[cut] + rung) - 1, cut),
    Math.min(firstAbove(held.rows, held.rows[cut] - rung), cut),
  ]);

  const breakEven = (held, asked, alpha) => {
    const { miss, alarm, prevalence } = prices(asked);
    if (prevalence === null) return [alarm / (alarm + miss), alarm / (alarm + miss)];
    const odds = (alarm / miss) * ((1 - prevalence) / prevalence);
    return limits(held.P, held.n, alpha).map((x) => (x * odds) / (1 - x + x * odds));
  };

  /* Which cuts are not shown to cost more than a neighbour. */
  const mayBeBest = (held, asked) => {
    const rungs = ladder(held.n);
    const spent = asked.prevalence === null ? 0 : FOR_PREVALENCE;
    const part = ((held.alpha / 2) * (1 - spent)) / (2 * rungs.length);
    const [low, high] = breakEven(held, asked, held.alpha * spent || held.alpha);
    const shown = (from, to, edge, test, side) => {
      const m = held.rows[to] - held.rows[from];
      if (!m) return false;
      const k = held.pos[to] - held.pos[from];
      if (side * (k - m * edge) <= 2 * Math.sqrt(m * edge * (1 - edge))) return false;
      return test(k, m, edge) <= part; /* closer than 2 standard errors nothing is shown */
    };
    return held.pos.map((_, cut) => !neighbours(held, cut, rungs).some(([up, down]) =>
      shown(cut, up, low, atMost, -1) || shown(down, cut, high, atLeast, 1)));
  };

  /* The cheapest cut, of equal ones that next to today's; the cuts that may be it. */
  const best = (held, asked) => {
    const today = index(held, held.today);
    const costs = held.pos.map((_, at) => costValue(held, at, asked));
    const least = Math.min(...costs);
    const close = 1e-12 * Math.max(Math.abs(least), 1);
    let cut = -1;
    costs.forEach((one, at) => {
      const nearer = cut < 0 || Math.abs(at - today) < Math.abs(cut - today);
      if (one <= least + close && nearer) cut = at;
    });
    const members = mayBeBest(held, asked);
    members[cut] = true;
    return { cut, first: members.indexOf(true), last: members.lastIndexOf(true), costs };
  };

  /* What today's cut costs more than the truly cheapest. */
  const regret = (held, asked) => {
    const today = index(held, held.today);
    let [value, high] = [-Infinity, -Infinity];
    held.pos.forEach((_, other) => {
      const one = dearer(held, today, other, asked, held.alpha);
      value = Math.max(value, one.value);
      high = Math.max(high, one.high);
    });
    const rungs = ladder(held.n);
    const near = new Set(neighbours(held, today, rungs).flat());
    const apart = held.alpha / (2 * rungs.length);
    let low = 0;
    near.forEach((other) => { low = Math.max(low, dearer(held, today, other, asked, apart).low); });
    return { value, low, high };
  };

  /* Automatic below `low` and from `high` on: shares of all, and of the automatic ones. */
  const band = (held, low, high) => {
    const first = index(held, low);
    const last = Math.max(first, index(held, high));
    const inside = held.rows[last] - held.rows[first] + held.none[last] - held.none[first];
    const wrong = held.pos[first] + held.N - held.neg[last];
    const labelled = held.n - (held.rows[last] - held.rows[first]);
    return { automated: share(held.total - inside, held.total, held.alpha),
      error: share(wrong, labelled, held.alpha), people: share(inside, held.total, held.alpha) };
  };

  return { ready, index, prices, shares, cost, costValue, dearer, mayBeBest, best, regret, band };
})();
