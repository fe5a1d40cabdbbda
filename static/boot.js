// Starts Padlock's program, or says in plain words why it cannot.
//
// Nothing here is inline, so the page's policy needs no exception for it. It is a classic script
// on purpose: it still runs where modules do not (file://, sandboxed frames), and can say so.
(function () {
  'use strict';

  var STATUS = 'start-status';
  var SLOW_AFTER_MS = 20000;
  var root = document.documentElement;
  var violation = null;
  var styles = null;

  document.addEventListener('securitypolicyviolation', function (event) {
    // What extensions put into the page and a policy then blocks is no reason of ours.
    var ours = /^(wasm-)?eval$/.test(event.blockedURI) || String(event.blockedURI).indexOf(location.origin) === 0;
    if (ours) { violation = violation || event; }
  });
  window.addEventListener('error', function (event) { crashed(event.error); });
  window.addEventListener('unhandledrejection', function (event) { crashed(event.reason); });

  start();

  function start() {
    var obstacle = knownObstacle();
    if (obstacle) { return refuse(obstacle); }

    var slow = setTimeout(function () {
      tell('The interactive part is still loading. The connection may be slow.');
    }, SLOW_AFTER_MS);

    load(firstIsEnough())
      .then(function (run) { return run(); })
      .then(function () { root.dataset.padlock = 'started'; })
      .catch(function (error) { return explain(error).then(refuse); })
      .then(function () { clearTimeout(slow); });
  }

  // The deployed page has two programs: the first is small and plays the classic handshake, the
  // complete one does everything. Where there is only one, it is the complete one.
  function firstIsEnough() {
    var first = document.getElementById('padlock-wasm').dataset.first;
    return Boolean(first) && !/^#\/(speed|read|workshop|failures|compare|thief)|[?&]kx=(?!rsa(&|$))|[?&]way=(?!none(&|$))|[?&](cert|client)=(?!(none|good|missing|expired|not-yet-valid|wrong-name|unknown-issuer)(&|$))/.test(location.hash);
  }

  // The first program met something that it cannot do. The address says all that is on view, so the
  // complete one can take its place.
  document.addEventListener('padlock-wanted', function () {
    if (root.dataset.padlock !== 'started') { return; }
    root.dataset.padlock = 'loading';
    dismiss();
    load(false)
      .then(function (run) {
        var place = readersPlace();
        document.dispatchEvent(new Event('padlock-leave'));
        return run().then(function () { setTimeout(place, 0); });
      })
      .then(function () { root.dataset.padlock = 'started'; })
      .catch(function (error) {
        return explain(error).then(function (why) {
          // Before the first program has left, it goes on.
          if (document.getElementById('app').firstChild) { root.dataset.padlock = 'started'; }
          notify('The rest of Padlock could not be loaded: ', why);
        });
      });
  });

  // Loads a program, and gives what runs it.
  function load(first) {
    violation = null;
    var module = address('padlock-module', first);
    var program = fetchProgram(address('padlock-wasm', first));
    if (!first) {
      // Compiled before it is needed: the one that runs goes when nothing is left to wait for.
      program = program
        .then(function (response) { return response.arrayBuffer(); })
        .then(function (bytes) { return WebAssembly.compile(bytes); });
    }
    return Promise.all([import(module), program, first || loadStyles()]).then(function (loaded) {
      return function () { return loaded[0].default({ module_or_path: loaded[1] }); };
    });
  }

  // The deployed page keeps apart the styles that only the complete program needs. They have to be
  // there before it draws.
  function loadStyles() {
    var link = document.getElementById('padlock-styles');
    styles = styles || link && new Promise(function (resolve, reject) {
      link.onload = resolve;
      link.onerror = function () {
        // So that a second try asks anew.
        styles = null;
        link.rel = 'alternate';
        reject(new Error('no styles came as ' + fileName(link.href)));
      };
      link.rel = 'stylesheet';
    });
    return styles;
  }

  // Where the reader is: gives what brings them back there.
  function readersPlace() {
    var focused = document.activeElement;
    var kind = focused.tagName;
    var index = Array.prototype.indexOf.call(document.getElementsByTagName(kind), focused);
    var left = window.scrollX;
    var top = window.scrollY;
    function scroll(tries) {
      window.scrollTo(left, top);
      // The page is short until its story is told.
      if (window.scrollY < top && tries > 0) { setTimeout(scroll, 50, tries - 1); }
    }
    // What had the focus may be part of the story too. A reader who went elsewhere meanwhile stays there.
    function focus(tries) {
      var now = document.activeElement;
      if (now && now !== document.body) { return; }
      var again = document.getElementsByTagName(kind)[index];
      if (again) { again.focus({ preventScroll: true }); }
      else if (tries > 0) { setTimeout(focus, 50, tries - 1); }
    }
    return function () {
      focus(60);
      scroll(60);
    };
  }

  // What is known to fail before anything is tried.
  function knownObstacle() {
    if (location.protocol === 'file:') {
      return 'The page was opened as a file. Browsers do not let such a page load its program. ' +
        'Put its folder on a web server, for example with “python3 -m http.server”, and open it from there.';
    }
    if (typeof WebAssembly !== 'object') {
      return 'This browser has no WebAssembly, or it is switched off, as some high-security modes do.';
    }
    return null;
  }

  function address(id, first) {
    var link = document.getElementById(id);
    return new URL(first ? link.dataset.first : link.getAttribute('href'), document.baseURI).href;
  }

  function fetchProgram(url) {
    return fetch(url).then(function (response) {
      if (!response.ok) {
        throw new Error('the server answered ' + response.status + ' for ' + fileName(url));
      }
      return response;
    });
  }

  function explain(error) {
    console.error(error);
    // The event that names the policy may come after the error that it caused.
    return new Promise(function (resolve) { setTimeout(resolve, 50); })
      .then(function () { return reason(error); });
  }

  function reason(error) {
    if (violation) {
      return 'A security policy (Content-Security-Policy: ' + violation.effectiveDirective + ') blocked ' +
        (violation.blockedURI || 'a part of the page') + '. To run Padlock, a site’s policy must allow ' +
        'its own scripts and “wasm-unsafe-eval”, which permits WebAssembly and nothing else.';
    }
    if (error instanceof WebAssembly.CompileError && /Content.Security.Policy|CSP|unsafe-eval/i.test(error.message)) {
      return 'A security policy of this site does not permit WebAssembly. ' +
        'It must allow “wasm-unsafe-eval”.';
    }
    if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError || error instanceof SyntaxError) {
      return 'This browser does not understand the program: it is probably too old. ' +
        'A current Firefox, Chrome, Edge or Safari does. (' + error.message + ')';
    }
    if (error instanceof WebAssembly.RuntimeError) {
      return 'The program stopped as it started. That is a mistake in Padlock; the browser’s console says more.';
    }
    if (window.origin === 'null') {
      return 'The page is in a sandboxed frame, where its own files count as another site’s. Either the ' +
        'server must send them with “Access-Control-Allow-Origin: *”, or the frame must have “allow-same-origin”.';
    }
    return 'A part of the program could not be loaded: ' + String(error && error.message || error) +
      '. Reloading the page may help.';
  }

  function fileName(url) {
    return url.slice(url.lastIndexOf('/') + 1);
  }

  // A panic after the start leaves a page that no longer answers: say so, above whatever is shown.
  function crashed(error) {
    if (root.dataset.padlock !== 'started') { return; }
    if (typeof WebAssembly !== 'object' || !(error instanceof WebAssembly.RuntimeError)) { return; }
    root.dataset.padlock = 'stopped';
    notify('Padlock stopped: ',
      'that is a mistake in Padlock, not yours. Reload the page to go on; the browser’s console says more.');
  }

  function refuse(why) {
    root.dataset.padlock = 'refused';
    var status = document.getElementById(STATUS);
    var title = 'The interactive part cannot start: ';
    if (status) {
      status.replaceWith(alertBox(title, why));
    } else {
      notify(title, why);
    }
  }

  function dismiss() {
    var notice = document.querySelector('body > .start-problem');
    if (notice) { notice.remove(); }
  }

  function notify(title, words) {
    dismiss();
    document.body.insertBefore(alertBox(title, words), document.body.firstChild);
  }

  function tell(words) {
    var status = document.getElementById(STATUS);
    if (status) { status.textContent = words; }
  }

  function alertBox(title, words) {
    var box = document.createElement('p');
    var strong = document.createElement('strong');
    box.className = 'start-problem';
    box.setAttribute('role', 'alert');
    strong.textContent = title;
    box.append(strong, words);
    return box;
  }
})();
