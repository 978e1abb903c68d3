import { cpus } from 'node:os'
import { measureCloud } from './cloud.mjs'
import { measureMap } from './map.mjs'
import { measurePoll } from './poll.mjs'
import { measureRender } from './render.mjs'
import { measureServiceConnect } from './service-connect.mjs'
import { holds, tableOf } from './table.mjs'
import { measureToggle } from './toggle.mjs'
import { measureWizard } from './wizard.mjs'
import { measureWrites } from './writes.mjs'

const parts = {
  cloud: measureCloud,
  map: measureMap,
  poll: measurePoll,
  render: measureRender,
  'service-connect': measureServiceConnect,
  toggle: measureToggle,
  wizard: measureWizard,
  writes: measureWrites,
}
const wanted = process.argv.slice(2)

/** @type {import('./table.mjs').Figure[]} */
const figures = []
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  process.stderr.write(`measuring ${name} …\n`)
  figures.push(...(await measure()))
}
process.stdout.write(
  `\nNode ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}\n\n${tableOf(figures)}\n`,
)
process.exit(figures.every(holds) ? 0 : 1)
