/*
 * Synthesises with aws-cdk-lib, as a child of a test: loading the library takes seconds, so one child does all.
 *
 *   node synthesise.cjs JOB.json     { "programs": { name: file }, "templates": { name: file } } → { name: template } on stdout
 *
 * A program is a CDK app as CommonJS; a template is included as it is.
 */
const { mkdtempSync, readdirSync, readFileSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const cdk = require('aws-cdk-lib')
const { CfnInclude } = require('aws-cdk-lib/cloudformation-include')

const job = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))

/** @param {() => void} run */
function templateOf(run) {
  const folder = mkdtempSync(join(tmpdir(), 'synthesised-'))
  process.env.CDK_OUTDIR = folder
  run()
  const file = readdirSync(folder).find((name) => name.endsWith('.template.json'))
  return JSON.parse(readFileSync(join(folder, file ?? ''), 'utf8'))
}

const programs = Object.entries(job.programs).map(([name, file]) => [name, templateOf(() => require(file))])
const templates = Object.entries(job.templates).map(([name, file]) => [
  name,
  templateOf(() => {
    const app = new cdk.App()
    const stack = new cdk.Stack(app, 'Included')
    new CfnInclude(stack, 'Template', { templateFile: file })
    app.synth()
  }),
])
process.stdout.write(JSON.stringify(Object.fromEntries([...programs, ...templates])))
