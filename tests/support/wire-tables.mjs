/**
 * Writes lib/emulator/wire/tables/*.ts from the AWS SDK's own packages: which operations exist, their schemas,
 * and which string members are enums (the schemas leave that out, the type declarations have it).
 *
 *   node tests/support/wire-tables.mjs          writes the files
 *
 * A test calls `buildWireTable` and compares, so a new SDK version cannot drift away from the tables.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)

/** @typedef {{ name: string, packageName: string, only?: string[] }} WireService */

/** @type {WireService[]} */
export const wireServices = [
  { name: 'ecs', packageName: '@aws-sdk/client-ecs' },
  { name: 'cloud-map', packageName: '@aws-sdk/client-servicediscovery' },
  {
    name: 'logs',
    packageName: '@aws-sdk/client-cloudwatch-logs',
    only: ['DescribeLogGroups', 'DescribeLogStreams', 'FilterLogEvents', 'GetLogEvents'],
  },
  {
    name: 'cloudwatch',
    packageName: '@aws-sdk/client-cloudwatch',
    only: ['GetMetricData', 'GetMetricStatistics', 'ListMetrics'],
  },
]

/** @param {string} name */
export const tablePath = (name) =>
  fileURLToPath(new URL(`../../lib/emulator/wire/tables/${name}.ts`, import.meta.url))

/**
 * Structure name -> member -> its TypeScript type.
 * @param {string} packageName
 */
function readInterfaces(packageName) {
  const models = join(dirname(require.resolve(`${packageName}/package.json`)), 'dist-types', 'models')
  /** @type {Map<string, Map<string, string>>} */
  const interfaces = new Map()
  /** @type {Set<string>} */
  const enums = new Set()
  for (const file of readdirSync(models).filter((name) => name.endsWith('.d.ts'))) {
    const text = readFileSync(join(models, file), 'utf8')
    if (file === 'enums.d.ts') {
      for (const found of text.matchAll(/^export declare const (\w+):/gm)) enums.add(found[1] ?? '')
      continue
    }
    for (const found of text.matchAll(/^export interface (\w+)[^{\n]*\{\n([\s\S]*?)^\}/gm)) {
      const members = new Map()
      for (const member of (found[2] ?? '').matchAll(/^ {4}(\w+)\??: (.+?)(?: \| undefined)?;$/gm))
        members.set(member[1], member[2])
      interfaces.set(found[1] ?? '', members)
    }
    for (const union of text.matchAll(/^export declare namespace (\w+) \{\n([\s\S]*?)^\}/gm)) {
      const members = interfaces.get(union[1] ?? '') ?? new Map()
      for (const member of (union[2] ?? '').matchAll(/^ {8}(\w+): (.+?);$/gm))
        if (member[2] !== 'never') members.set(member[1], member[2])
      interfaces.set(union[1] ?? '', members)
    }
  }
  return { interfaces, enums }
}

/** @param {unknown} schema @returns {any} */
const resolve = (schema) => (typeof schema === 'function' ? resolve(schema()) : schema)

/**
 * Names of the structures that a schema reaches.
 * @param {unknown} ref @param {Map<string, string[]>} seen
 */
function collectStructures(ref, seen) {
  const schema = resolve(ref)
  if (!Array.isArray(schema)) return
  if (schema.length === 2) {
    collectStructures(schema[0], seen)
  } else if (schema[0] === 1) {
    collectStructures(schema[4], seen)
  } else if (schema[0] === 2) {
    collectStructures(schema[5], seen)
  } else if (schema[0] === 3 || schema[0] === 4) {
    if (seen.has(schema[2])) return
    seen.set(schema[2], schema[4])
    for (const member of schema[5]) collectStructures(member, seen)
  }
}

/** @param {WireService} service @returns {Promise<string>} The source text of the table. */
export async function buildWireTable(service) {
  const sdk = /** @type {Record<string, any>} */ (await import(service.packageName))
  const operations = Object.keys(sdk)
    .filter((key) => key.endsWith('$') && Array.isArray(sdk[key]) && sdk[key][0] === 9)
    .map((key) => key.slice(0, -1))
    .sort()
  const built = service.only ?? operations
  const { interfaces, enums } = readInterfaces(service.packageName)

  /** @type {Map<string, string[]>} */
  const structures = new Map()
  for (const operation of built) collectStructures(sdk[`${operation}$`][4], structures)

  /** @type {[string, string][]} */
  const members = []
  for (const [structure, names] of [...structures].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const name of names) {
      const type = interfaces.get(structure)?.get(name)
      const base = type?.match(/^(?:Record<string, )?\(?(\w+)/)?.[1]
      if (base && enums.has(base)) members.push([`${structure}.${name}`, base])
    }
  }

  const imports = [
    ...new Set([...built.map((name) => `${name}$`), ...members.map(([, name]) => name)]),
  ].sort()
  const lines = [
    '// Written by tests/support/wire-tables.mjs from the types of the AWS SDK; a test compares. Do not edit.',
    'import {',
    ...imports.map((name) => `  ${name},`),
    `} from '${service.packageName}'`,
    '',
    "/** Each operation's schema. */",
    'export const schemas = {',
    ...built.map((name) => `  ${name}: ${name}$,`),
    '}',
    '',
    '/** `Structure.member` of every string that may only have some values. */',
    'export const enums = {',
    ...members.map(([key, name]) => `  '${key}': ${name},`),
    '}',
    '',
    '/** Every operation that AWS has in this service, built here or not. */',
    'export const knownOperations: readonly string[] = [',
    ...operations.map((name) => `  '${name}',`),
    ']',
    '',
  ]
  return lines.join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const service of wireServices) {
    writeFileSync(tablePath(service.name), await buildWireTable(service))
    console.log(`wrote ${tablePath(service.name)}`)
  }
}
