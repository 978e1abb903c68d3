// Plans as code: hostile texts through real shells and real parsers, and how long a preview in all formats takes.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parse } from '@cdktf/hcl2json'
import { build, transformSync } from 'esbuild'
import { root } from '../../lib/launch/repository.mjs'
import { percentile } from './table.mjs'

const SHELL_TEXTS = 100_000
const FORMAT_TEXTS = 20_000

/** @param {string} folder @returns {Promise<typeof import('./render-work')>} */
async function loadWork(folder) {
  const outfile = join(folder, 'render-work.mjs')
  await build({
    entryPoints: [join(root, 'tests/bench/render-work.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    alias: { '@': root },
    // A few of the libraries are CommonJS and ask for Node's modules by require.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  })
  return await import(pathToFileURL(outfile).href)
}

/** @param {string} what @param {number} value @param {string} [beside] @returns {import('./table.mjs').Figure} */
const none = (what, value, beside) => ({
  what,
  value,
  unit: '',
  bound: 0,
  sense: 'at most',
  ...(beside ? { beside } : {}),
})

/** Terraform keeps text in NFC, and its own JSON form doubles the marks again. @param {string} text */
const asTerraform = (text) => text.replace(/\p{Cs}/gu, '\ufffd').normalize('NFC')
/** @param {unknown} value */
const fromTerraform = (value) =>
  typeof value === 'string' ? value.replaceAll('$${', () => '${').replaceAll('%%{', '%{') : value

/** @param {string} text @returns {Promise<unknown[]>} */
async function inTerraform(text) {
  const parsed = await parse('plan.tf', text)
  const encoded = String(parsed.resource.aws_ecs_task_definition.task[0].container_definitions)
  const inner = await parse(
    'inner.tf',
    `value = ${encoded.replace(/^\$\{jsonencode\(/, '').replace(/\)\}$/, '')}`,
  )
  return inner.value[0].command.map(fromTerraform)
}

/** @param {string} text @param {string} folder @returns {unknown[]} */
function inCdk(text, folder) {
  const program = join(folder, 'app.cjs')
  writeFileSync(program, transformSync(text, { loader: 'ts', format: 'cjs' }).code)
  const job = join(folder, 'job.json')
  writeFileSync(job, JSON.stringify({ programs: { app: program }, templates: {} }))
  const answer = execFileSync('node', [join(root, 'tests/support/synthesise.cjs'), job], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_PATH: join(root, 'node_modules') },
  })
  return JSON.parse(answer).app.Resources.Task.Properties.ContainerDefinitions[0].Command
}

/** @returns {Promise<import('./table.mjs').Figure[]>} */
export async function measureRender() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-render-'))
  try {
    const work = await loadWork(folder)
    const texts = work.hostileValues(SHELL_TEXTS)
    const figures = /** @type {const} */ (['sh', 'bash']).flatMap((shell) => {
      const { differences, leftFiles } = work.throughShell(shell, texts)
      return [
        none(
          `texts that ${shell} gives back as others, of ${SHELL_TEXTS.toLocaleString('en-US')}`,
          differences,
        ),
        none(`files that ${shell} was made to write`, leftFiles),
      ]
    })
    const some = texts.slice(0, FORMAT_TEXTS)
    // CDK's own tokens become Fn::Sub, which only CloudFormation resolves; a test follows them.
    const withoutTokens = some.filter((text) => !text.includes('{Token['))
    const normal = some.map(asTerraform)
    const back = {
      CloudFormation: work.different(some, work.inTemplate(work.oneResource(some, 'cloudformation'))),
      CDK: work.different(withoutTokens, inCdk(work.oneResource(withoutTokens, 'cdk'), folder)),
      Terraform: work.different(normal, await inTerraform(work.oneResource(normal, 'terraform'))),
      JSON: work.different(some, work.inJson(work.oneResource(some, 'json'))),
    }
    for (const [format, differences] of Object.entries(back))
      figures.push(
        none(
          `texts that ${format} gives back as others, of ${FORMAT_TEXTS.toLocaleString('en-US')}`,
          differences,
        ),
      )
    const times = work.previewTimes(300)
    figures.push({
      what: 'plan preview in all formats, ten steps, p95 of 300',
      value: percentile(times, 0.95),
      unit: 'ms',
      bound: 20,
      sense: 'at most',
      beside: `the first, cold: ${(times[0] ?? 0).toFixed(1)} ms`,
    })
    return figures
  } finally {
    rmSync(folder, { recursive: true })
  }
}
