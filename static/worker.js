// Runs Padlock's program beside the page, where it makes keys (src/worker.rs).
//
// The first message says which program, and what it is to do; it is handed on as soon as the program
// listens. What fails is thrown, so that the page hears of it as an error of this worker.
(function () {
  'use strict';

  self.addEventListener('message', function (event) {
    var module = event.data[0];
    var wasm = event.data[1];
    import(module)
      .then(function (program) { return program.default({ module_or_path: fetch(wasm) }); })
      .then(function () {
        self.dispatchEvent(new MessageEvent('padlock-job', { data: [event.data[2], event.data[3]] }));
      })
      .catch(function (error) { setTimeout(function () { throw error; }); });
  }, { once: true });
})();
