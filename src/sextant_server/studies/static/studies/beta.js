/* The incomplete beta function and its inverse: what exact limits of a share are made of. */
"use strict";
globalThis.Beta = (() => {
  const LANCZOS = [0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
    -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
    1.5056327351493116e-7];

  const logGamma = (x) => {
    if (x > 1e3) { /* Stirling: the differences below keep their digits */
      return (x - 0.5) * Math.log(x) - x + 0.9189385332046728 + 1 / (12 * x) - 1 / (360 * x ** 3);
    }
    let sum = LANCZOS[0];
    for (let i = 1; i < 9; i += 1) sum += LANCZOS[i] / (x - 1 + i);
    const t = x + 6.5;
    return 0.9189385332046727 + (x - 0.5) * Math.log(t) - t + Math.log(sum);
  };

  /* Continued fraction by Lentz's method; converges fast for x < (a + 1) / (a + b + 2). */
  const fraction = (a, b, x) => {
    const tiny = 1e-300;
    let c = 1;
    let d = 1 - ((a + b) * x) / (a + 1);
    d = 1 / (Math.abs(d) < tiny ? tiny : d);
    let h = d;
    for (let m = 1; m < 20000; m += 1) {
      for (const n of [(m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
        (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))]) {
        d = 1 + n * d;
        d = 1 / (Math.abs(d) < tiny ? tiny : d);
        c = 1 + n / c;
        c = Math.abs(c) < tiny ? tiny : c;
        h *= c * d;
        if (Math.abs(c * d - 1) < 1e-15 && m > 1) return h;
      }
    }
    return h;
  };

  const logFront = (a, b, x) =>
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);

  /* P(Beta(a, b) <= x). */
  const cdf = (a, b, x) => {
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    const front = Math.exp(logFront(a, b, x));
    if (x < (a + 1) / (a + b + 2)) return (front * fraction(a, b, x)) / a;
    return 1 - (front * fraction(b, a, 1 - x)) / b;
  };

  /* The x at which cdf is p: Newton inside a bracket that halves where Newton leaves it. */
  const inverse = (a, b, p) => {
    let low = 0;
    let high = 1;
    const mean = a / (a + b);
    let x = Math.min(Math.max(mean, 1e-12), 1 - 1e-12);
    for (let i = 0; i < 200; i += 1) {
      const gap = cdf(a, b, x) - p;
      if (gap > 0) high = x;
      else low = x;
      const slope = Math.exp(logFront(a, b, x)) / (x * (1 - x));
      let next = x - gap / slope;
      if (!(next > low && next < high)) next = (low + high) / 2;
      if (Math.abs(next - x) <= 1e-15 * x || next === x) return next;
      x = next;
    }
    return x;
  };

  /* Clopper and Pearson's limits of k of n, alpha / 2 a side. */
  const limits = (k, n, alpha) => [
    k > 0 ? inverse(k, n - k + 1, alpha / 2) : 0,
    k < n ? 1 - inverse(n - k, k + 1, alpha / 2) : 1,
  ];

  /* P(Bin(n, p) <= k) and P(Bin(n, p) >= k). */
  const atMost = (k, n, p) => (k < n ? cdf(n - k, k + 1, 1 - p) : 1);
  const atLeast = (k, n, p) => (k > 0 ? cdf(k, n - k + 1, p) : 1);

  return { cdf, inverse, limits, atMost, atLeast };
})();
