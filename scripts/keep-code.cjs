// node -r keep-code.cjs cli.cjs …: writes, when the command ends, the code of the chunks in KEEP_CODE_OF as V8 has it then,
// with the functions alone that have run, in this run or in one whose code this one started with.
const { writeFileSync } = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

const names = (process.env.KEEP_CODE_OF ?? '').split(' ');
const kept = new Map();

vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, options);
    if (names.includes(path.basename(options.filename))) kept.set(options.filename, this);
  }
};

process.on('exit', () => {
  for (const [file, script] of kept)
    writeFileSync(`${file}.${process.arch}-${process.versions.v8}.code`, script.createCachedData());
});
