import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWithin } from '@/lib/plan/commands/same-content'

describe('whether AWS shows what was asked for', () => {
  it.each<[string, unknown, unknown, boolean]>([
    ['the same', { cpu: '256' }, { cpu: '256' }, true],
    ['a number as a text', { cpu: 256 }, { cpu: '256' }, true],
    ['more than asked for', { family: 'web' }, { family: 'web', revision: 3 }, true],
    ['something else', { family: 'web' }, { family: 'api' }, false],
    ['less', { family: 'web', cpu: '256' }, { family: 'web' }, false],
    ['nothing was asked for', { cpu: undefined, memory: null }, {}, true],
    ['an empty list is left out', { volumes: [] }, {}, true],
    ['an empty object is left out', { options: {} }, {}, true],
    ['a list is missing', { volumes: [{ name: 'a' }] }, {}, false],
    ['an object is missing', { options: { a: 1 } }, {}, false],
    ['a list is longer', { names: ['a'] }, { names: ['a', 'b'] }, false],
    ['a list is shorter', { names: ['a', 'b'] }, { names: ['a'] }, false],
    [
      'named things in another order',
      {
        environment: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
      },
      {
        environment: [
          { name: 'B', value: '2' },
          { name: 'A', value: '1' },
        ],
      },
      true,
    ],
    [
      'named things with each other’s values',
      {
        environment: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
      },
      {
        environment: [
          { name: 'A', value: '2' },
          { name: 'B', value: '1' },
        ],
      },
      false,
    ],
    [
      'ports with defaults',
      { ports: [{ containerPort: 80 }] },
      { ports: [{ containerPort: 80, protocol: 'tcp' }] },
      true,
    ],
    ['another port', { ports: [{ containerPort: 80 }] }, { ports: [{ containerPort: 81 }] }, false],
    ['false for true', { essential: true }, { essential: false }, false],
    ['the words of a command in another order', { command: ['a', 'b'] }, { command: ['b', 'a'] }, false],
    ['an entry point in another order', { entryPoint: ['sh', '-c'] }, { entryPoint: ['-c', 'sh'] }, false],
    [
      'a health check with its words in another order',
      { healthCheck: { command: ['CMD', 'curl', '-f', '-s'] } },
      { healthCheck: { command: ['CMD', 'curl', '-s', '-f'], interval: 30 } },
      false,
    ],
    [
      'the same command, of containers in another order',
      {
        containerDefinitions: [
          { name: 'web', command: ['node', 'web.js'] },
          { name: 'log', command: ['tail', '-f'] },
        ],
      },
      {
        containerDefinitions: [
          { name: 'log', command: ['tail', '-f'], essential: true },
          { name: 'web', command: ['node', 'web.js'], essential: true },
        ],
      },
      true,
    ],
    ['a longer command', { command: ['a'] }, { command: ['a', 'b'] }, false],
    ['no command where an empty one was asked for', { command: [] }, {}, true],
    [
      'DNS servers in another order',
      { dnsServers: ['10.0.0.2', '10.0.0.3'] },
      { dnsServers: ['10.0.0.3', '10.0.0.2'] },
      false,
    ],
    ['subnets in another order', { subnets: ['a', 'b'] }, { subnets: ['b', 'a'] }, true],
    ['one subnet twice in place of two', { subnets: ['a', 'a'] }, { subnets: ['a', 'b'] }, false],
    ['each twice in place of other twice', { subnets: ['a', 'a', 'b'] }, { subnets: ['a', 'b', 'b'] }, false],
    [
      'one port for two protocols',
      {
        portMappings: [
          { containerPort: 53, protocol: 'udp' },
          { containerPort: 53, protocol: 'tcp' },
        ],
      },
      {
        portMappings: [
          { containerPort: 53, protocol: 'tcp', hostPort: 53 },
          { containerPort: 53, protocol: 'udp', hostPort: 53 },
        ],
      },
      true,
    ],
  ])('%s', (_what, wanted, is, within) => {
    expect(isWithin(wanted, is)).toBe(within)
  })

  it('everything is within itself, and within itself with more', () => {
    const content = fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 3 }))
    fc.assert(
      fc.property(content, (value) => {
        expect(isWithin(value, structuredClone(value))).toBe(true)
        expect(isWithin(value, { ...value, 'more than asked': 1 })).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('only the words of a command that stand where they stood are the same command', () => {
    const words = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(words, (command) => {
        const turned = [...command.slice(1), ...command.slice(0, 1)]
        expect(isWithin({ command }, { command: turned })).toBe(false)
        expect(isWithin({ subnets: command }, { subnets: turned })).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})
