"use strict";
// Values under the pointer, arrow keys to read a chart, and the video that goes with it.
(() => {
  const video = document.querySelector("video");
  const charts = [];

  const day = (ordinal) => {
    // Python's ordinals count days from 0001-01-01, which is 719163 days before 1970-01-01.
    return new Date((Math.round(ordinal) - 719163) * 86400000).toISOString().slice(0, 10);
  };

  const nearest = (xs, x) => {
    let low = 0, high = xs.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (xs[middle] <= x) low = middle; else high = middle;
    }
    return xs.length && Math.abs(xs[high] - x) < Math.abs(xs[low] - x) ? high : low;
  };

  class Chart {
    constructor(figure) {
      this.plot = figure.querySelector(".plot");
      this.area = figure.querySelector("svg.area");
      this.now = figure.querySelector(".now");
      this.data = JSON.parse(figure.querySelector("script").textContent);
      this.reading = this.now.cloneNode();
      this.reading.setAttribute("class", "reading");
      this.area.append(this.reading);
      this.tip = document.createElement("div");
      this.tip.className = "tip";
      this.tip.hidden = true;
      this.plot.append(this.tip);
      const single = this.data.kind === "date" || this.data.kind === "number";
      const places = single ? this.data.lines.flatMap((line) => line.x) : [];
      this.places = [...new Set(places)].sort((a, b) => a - b);
      const plot = this.plot;
      plot.tabIndex = 0;
      plot.setAttribute("role", "slider");
      const what = figure.querySelector("figcaption").textContent.trim();
      plot.setAttribute("aria-label", `${what}. ${document.body.dataset.read}`);
      plot.setAttribute("aria-valuemin", this.data.from);
      plot.setAttribute("aria-valuemax", this.data.to);
      this.say(this.data.from, this.text(this.data.from));
      plot.addEventListener("pointermove", (event) => this.show(this.at(event)));
      plot.addEventListener("pointerleave", () => this.hide());
      plot.addEventListener("blur", () => this.hide());
      plot.addEventListener("click", (event) => this.jump(this.at(event)));
      plot.addEventListener("keydown", (event) => this.key(event));
      this.x = this.data.from;
    }

    at(event) {
      const box = this.area.getBoundingClientRect();
      const share = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
      return this.data.from + share * (this.data.to - this.data.from);
    }

    percent(x) {
      return 100 * (x - this.data.from) / (this.data.to - this.data.from);
    }

    name(x) {
      if (this.data.kind === "date") return day(x);
      if (this.data.kind === "percent") return `${x.toFixed(0)} %`;
      if (this.data.kind === "number") return x.toFixed(0);
      return `${x.toFixed(1)} s`;
    }

    text(x) {
      const told = [this.name(x)];
      const within = (this.data.to - this.data.from) * 0.04;
      for (const line of this.data.lines) {
        const i = nearest(line.x, x);
        if (!line.x.length || Math.abs(line.x[i] - x) > Math.max(within, 0.5)) continue;
        const value = line.y[i];
        const unit = line.unit && !line.unit.startsWith("°") ? ` ${line.unit}` : line.unit;
        told.push(`${line.name}: ${value === null ? "-" : value + unit}`);
      }
      for (const [start, end, what] of this.data.spans) if (start <= x && x <= end) told.push(what);
      for (const [at, what] of this.data.flags) if (Math.abs(at - x) < within / 2) told.push(`▼ ${what}`);
      return [...new Set(told)].join("\n");
    }

    say(x, text) {
      this.plot.setAttribute("aria-valuenow", x);
      this.plot.setAttribute("aria-valuetext", text.replaceAll("\n", ", "));
    }

    show(x) {
      // Values of days and reps are at those: the pointer goes to the nearest that has one.
      if (this.places.length) x = this.places[nearest(this.places, x)];
      this.x = x;
      const text = this.text(x);
      this.tip.textContent = text;
      this.tip.hidden = false;
      this.say(x, text);
      const percent = this.percent(x);
      this.reading.setAttribute("x1", `${percent}%`);
      this.reading.setAttribute("x2", `${percent}%`);
      this.reading.classList.add("on");
      const left = this.area.getBoundingClientRect().left - this.plot.getBoundingClientRect().left;
      const middle = left + this.area.clientWidth * percent / 100;
      const width = this.tip.offsetWidth, whole = this.plot.clientWidth;
      const beside = middle + 10 + width <= whole ? middle + 10 : middle - 10 - width;
      this.tip.style.left = `${Math.min(Math.max(beside, 0), Math.max(whole - width, 0))}px`;
    }

    hide() {
      this.tip.hidden = true;
      this.reading.classList.remove("on");
    }

    key(event) {
      const step = { ArrowLeft: -1, ArrowRight: 1, PageDown: -10, PageUp: 10 }[event.key];
      const last = this.places.length - 1;
      if (step && last >= 0) {
        this.show(this.places[Math.min(Math.max(nearest(this.places, this.x) + step, 0), last)]);
      } else if (step) {
        const size = (this.data.to - this.data.from) / 100;
        this.show(Math.min(Math.max(this.x + step * size, this.data.from), this.data.to));
      }
      else if (event.key === "Home") this.show(this.data.from);
      else if (event.key === "End") this.show(this.data.to);
      else if (event.key === "Escape") this.hide();
      else if (event.key === "Enter") this.jump(this.x);
      else return;
      event.preventDefault();
    }

    jump(x) {
      if (!video || this.data.kind !== "time") return;
      // A click within a rep plays it from its beginning.
      const inside = this.data.spans.filter(([start, end]) => start <= x && x <= end);
      seek(inside.length ? Math.max(...inside.map(([start]) => start)) : x);
    }

    play(time) {
      this.plot.classList.add("playing");
      const percent = `${Math.min(Math.max(this.percent(time), 0), 100)}%`;
      this.now.setAttribute("x1", percent);
      this.now.setAttribute("x2", percent);
    }
  }

  const seek = (time) => {
    video.currentTime = Math.max(0, Math.min(time, video.duration || time));
    follow();
  };

  const follow = () => {
    for (const chart of charts) if (chart.data.kind === "time") chart.play(video.currentTime);
    for (const button of document.querySelectorAll("button[data-at]")) {
      const next = button.closest("tr").nextElementSibling?.querySelector("button[data-at]");
      const from = Number(button.dataset.at) - 0.02, to = next ? Number(next.dataset.at) - 0.02 : Infinity;
      const on = from <= video.currentTime && video.currentTime < to;
      button.closest("tr").classList.toggle("on", on);
    }
  };

  for (const figure of document.querySelectorAll("figure.chart")) charts.push(new Chart(figure));

  if (video) {
    for (const button of document.querySelectorAll("button[data-at]")) {
      button.addEventListener("click", () => seek(Number(button.dataset.at)));
    }
    const run = () => {
      follow();
      if (!video.paused && !video.ended) requestAnimationFrame(run);
    };
    video.addEventListener("play", run);
    for (const event of ["seeked", "timeupdate", "loadedmetadata"]) video.addEventListener(event, follow);
  }
})();
