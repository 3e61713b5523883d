/// What a page does beyond being read, where its reader allows scripts.
///
/// The script holds no data: it takes the words and numbers from the drawings and tables of the
/// page and gives them back as text.
enum PageScript {
  static let code: StaticString = #"""
    (function () {
      'use strict';
      var words = new WeakMap(), clouds = new WeakMap(), dimmed = null;
      var tip = added('tip'), ring = added('ring');
      tip.setAttribute('role', 'tooltip');

      function added(name) {
        var element = document.createElement('div');
        element.className = name;
        element.hidden = true;
        document.body.appendChild(element);
        return element;
      }

      // The words of a mark; they are taken from the browser, which would show them, too.
      function wordsOf(mark) {
        for (var at = mark; at instanceof SVGElement && at.nodeName !== 'svg'; at = at.parentNode) {
          if (!words.has(at)) {
            var title = Array.from(at.children).find(function (e) { return e.nodeName === 'title'; });
            words.set(at, title ? title.textContent : '');
            if (title) {
              at.setAttribute('aria-label', title.textContent);
              title.remove();
            }
          }
          if (words.get(at)) return words.get(at);
        }
        return '';
      }

      // The places of a path with their numbers: dots, or strokes to the right.
      function places(path) {
        if (!clouds.has(path)) {
          var strokes = path.getAttribute('d').match(/M[^M]*/g) || [];
          var values = path.getAttribute('data-values').split(';');
          clouds.set(path, strokes.map(function (stroke, index) {
            var numbers = stroke.slice(1).split(/[,h]/).map(Number);
            return { x: numbers[0], y: numbers[1], length: numbers[2], values: values[index] };
          }));
        }
        return clouds.get(path);
      }

      // The place nearest to the pointer, within a finger's reach of it.
      function nearest(paths, event, reach) {
        var best = null, least = reach * reach;
        paths.forEach(function (path) {
          var matrix = path.getScreenCTM();
          places(path).forEach(function (place) {
            var left = place.x * matrix.a + matrix.e;
            var right = left + place.length * matrix.a;
            var x = Math.min(Math.max(event.clientX, left), right);
            var y = place.y * matrix.d + matrix.f;
            var h = x - event.clientX, v = y - event.clientY, distance = h * h + v * v;
            if (distance < least) {
              least = distance;
              best = { path: path, values: place.values, x: left, y: y };
            }
          });
        });
        return best;
      }

      function tell(place, x, y) {
        var keys = place.path.closest('[data-keys]').getAttribute('data-keys').split('|');
        var values = place.values.split(' ');
        show([place.path.getAttribute('data-name')].concat(keys.map(function (key, index) {
          return key + ': ' + values[index];
        })).join('\n'), x, y);
      }

      function show(text, x, y) {
        tip.textContent = text;
        tip.hidden = false;
        var box = tip.getBoundingClientRect(), room = document.documentElement;
        var left = x + 14 + box.width > room.clientWidth ? x - 14 - box.width : x + 14;
        var top = y + 16 + box.height > room.clientHeight ? y - 12 - box.height : y + 16;
        tip.style.left = Math.max(4, left) + 'px';
        tip.style.top = Math.max(4, top) + 'px';
      }

      function light(element) {
        if (dimmed) {
          dimmed.classList.remove('dim');
          dimmed.querySelectorAll('.lit').forEach(function (e) { e.classList.remove('lit'); });
        }
        dimmed = null;
        document.querySelectorAll('a.lit').forEach(function (e) { e.classList.remove('lit'); });
        if (!element) return;
        var group = element.closest('g.work');
        if (group) {
          dimmed = group.closest('svg');
          dimmed.classList.add('dim');
          group.classList.add('lit');
        }
        var link = element.closest('a[href^="#point-"]');
        var row = element.closest('tr');
        if (!link && row) link = row.querySelector('a[href^="#point-"]');
        if (!link) return;
        var target = link.getAttribute('href');
        document.querySelectorAll('a[href^="#point-"]').forEach(function (e) {
          if (e.getAttribute('href') === target) e.classList.add('lit');
        });
      }

      function hide() {
        tip.hidden = ring.hidden = true;
        light(null);
      }

      function point(event) {
        var element = event.target;
        if (!(element instanceof Element)) return;
        var svg = element.closest('svg.drawing');
        light(element);
        ring.hidden = true;
        if (!svg) return void (tip.hidden = true);
        var text = wordsOf(element);
        if (element.matches('.work path')) {
          return tell(nearest([element], event, 99), event.clientX, event.clientY);
        }
        if (text) return show(text, event.clientX, event.clientY);
        var reach = event.pointerType === 'mouse' ? 10 : 22;
        var dot = nearest(svg.querySelectorAll('.dots[data-values]'), event, reach);
        if (!dot) return void (tip.hidden = true);
        ring.hidden = false;
        ring.style.left = dot.x + 'px';
        ring.style.top = dot.y + 'px';
        tell(dot, dot.x, dot.y);
      }

      document.addEventListener('pointermove', point);
      document.addEventListener('pointerdown', point);
      document.addEventListener('scroll', hide, true);
      document.addEventListener('pointerleave', hide);
      document.addEventListener('keydown', function (event) { if (event.key === 'Escape') hide(); });
      document.addEventListener('focusin', function (event) {
        if (!(event.target instanceof SVGElement) || !event.target.matches(':focus-visible')) return;
        var box = event.target.getBoundingClientRect();
        var mark = event.target.querySelector('path') || event.target;
        if (wordsOf(mark)) show(wordsOf(mark), box.right, box.bottom);
      });
      document.addEventListener('focusout', function () { tip.hidden = true; });

      // Links to a folded part open it.
      function open(target) {
        var element = document.getElementById(target), part = element && element.closest('details');
        if (part) part.open = true;
        return element;
      }
      document.addEventListener('click', function (event) {
        var link = event.target instanceof Element && event.target.closest('a[href^="#"]');
        if (link) open(link.getAttribute('href').slice(1));
      });
      window.addEventListener('hashchange', function () { open(location.hash.slice(1)); });
      if (location.hash) {
        var start = open(location.hash.slice(1));
        if (start) start.scrollIntoView();
      }

      // On paper nothing is folded.
      var closed = [];
      window.addEventListener('beforeprint', function () {
        closed = Array.from(document.querySelectorAll('details:not([open])'));
        closed.forEach(function (part) { part.open = true; });
      });
      window.addEventListener('afterprint', function () {
        closed.forEach(function (part) { part.open = false; });
      });

      // Tables that can be sorted: numbers by value, what is no number last.
      function key(row, column) {
        var text = row.cells[column].textContent, number = parseFloat(text);
        return { number: number, text: text };
      }
      function compare(a, b) {
        var isFirst = !isNaN(a.number), isSecond = !isNaN(b.number);
        if (isFirst && isSecond) return a.number - b.number;
        if (isFirst !== isSecond) return isFirst ? -1 : 1;
        return a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
      }
      function sort(table, column, head) {
        var isUp = head.getAttribute('aria-sort') !== 'ascending';
        table.querySelectorAll('thead th').forEach(function (e) { e.removeAttribute('aria-sort'); });
        head.setAttribute('aria-sort', isUp ? 'ascending' : 'descending');
        var rows = Array.from(table.tBodies[0].rows).map(function (row, place) {
          return { row: row, key: key(row, column), place: place };
        });
        rows.sort(function (a, b) {
          var isNumber = !isNaN(a.key.number) && !isNaN(b.key.number);
          var order = compare(a.key, b.key);
          return (isUp || !isNumber && isNaN(a.key.number) !== isNaN(b.key.number) ? order : -order)
            || a.place - b.place;
        });
        rows.forEach(function (entry) { table.tBodies[0].appendChild(entry.row); });
      }
      document.querySelectorAll('table.sortable').forEach(function (table) {
        table.querySelectorAll('thead th').forEach(function (head, column) {
          var button = document.createElement('button');
          button.type = 'button';
          button.textContent = head.textContent;
          button.addEventListener('click', function () { sort(table, column, head); });
          head.textContent = '';
          head.appendChild(button);
        });
      });
    })();
    """#
}
