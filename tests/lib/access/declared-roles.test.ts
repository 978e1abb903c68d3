import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const filesBelow = (folder: string, name: RegExp) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(file))
    .map((file) => `${folder}/${file}`)
    .sort()
const read = (file: string) => readFileSync(join(root, file), 'utf8')

const routes = filesBelow('app', /(^|\/)route\.tsx?$/)
const actions = [
  ...filesBelow('app', /\.tsx?$/),
  ...filesBelow('components', /\.tsx?$/),
  ...filesBelow('lib', /\.tsx?$/),
].filter((file) => /^\s*['"]use server['"]/m.test(read(file)))

/** Who may do what; a new route or action is added here on purpose. */
const matrix: Readonly<Record<string, string>> = {
  'GET app/api/activity/route.ts': 'viewer',
  'GET app/api/call/from-task/route.ts': 'viewer',
  'GET app/api/choices/route.ts': 'viewer',
  'GET app/api/connect/route.ts': 'operator',
  'GET app/api/export/route.ts': 'operator',
  'GET app/api/health/route.ts': 'anonymous',
  'GET app/api/runs/code/route.ts': 'operator',
  'GET app/api/runs/route.ts': 'viewer',
  'GET app/api/runs/stream/route.ts': 'viewer',
  'GET app/api/service-config/route.ts': 'viewer',
  'GET app/api/shell/stream/route.ts': 'operator',
  'GET app/api/task-definition/route.ts': 'operator',
  'GET app/api/topology/route.ts': 'viewer',
  'GET app/api/topology/stream/route.ts': 'viewer',
  'POST app/api/call/from-task/route.ts': 'operator',
  'POST app/api/call/route.ts': 'viewer',
  'POST app/api/plans/import-check/route.ts': 'operator',
  'POST app/api/plans/preview/route.ts': 'viewer',
  'POST app/api/shell/input/route.ts': 'operator',
  'POST app/api/shell/route.ts': 'operator',
  'retryRun app/actions/retry-run.ts': 'operator',
  'startChange app/actions/start-change.ts': 'operator',
  'startImported app/actions/start-imported.ts': 'operator',
  'undoRun app/actions/undo-run.ts': 'operator',
}

const exportsOf = (source: string) =>
  [...source.matchAll(/^export\s+(?:async\s+)?(?:const|let|var|function|class)\s+(\w+)/gm)].map(
    (match) => match[1] ?? '',
  )
const settings = new Set(['dynamic', 'runtime', 'maxDuration', 'revalidate', 'fetchCache', 'preferredRegion'])

function roleOfRoute(source: string, name: string) {
  return (
    new RegExp(`^export const ${name}(?:: \\w+)? = route\\(\\s*\\{[^}]*role: '(\\w+)'`, 'm').exec(
      source,
    )?.[1] ?? null
  )
}

function roleOfAction(source: string, name: string) {
  const pattern = `^export const ${name} = actionClient\\s*\\.metadata\\(\\{ name: '${name}', role: '(\\w+)' \\}\\)`
  return new RegExp(pattern, 'm').exec(source)?.[1] ?? null
}

const declared = [
  ...routes.flatMap((file) =>
    exportsOf(read(file))
      .filter((name) => !settings.has(name))
      .map((name) => ({ key: `${name} ${file}`, role: roleOfRoute(read(file), name) })),
  ),
  ...actions.flatMap((file) =>
    exportsOf(read(file)).map((name) => ({ key: `${name} ${file}`, role: roleOfAction(read(file), name) })),
  ),
]

describe('every way into the console', () => {
  it('is found', () => {
    expect(routes.length).toBeGreaterThanOrEqual(4)
    expect(actions.length).toBeGreaterThanOrEqual(2)
  })

  it.each(declared.map(({ key, role }) => [key, role]))('declares its role: %s', (_key, role) => {
    expect(['anonymous', 'viewer', 'operator']).toContain(role)
  })

  it('declares the role that was agreed', () => {
    const agreed = Object.fromEntries(declared.map(({ key, role }) => [key, role]))
    expect(agreed).toEqual(matrix)
  })

  it('re-exports nothing, where the checks could be left out', () => {
    for (const file of [...routes, ...actions])
      expect(read(file)).not.toMatch(/^export\s*(\*|\{|default|(const|let|var)\s*[[{])/m)
  })
})
