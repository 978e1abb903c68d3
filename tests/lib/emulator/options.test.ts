import { describe, expect, it } from 'vitest'
import { readOptions } from '@/lib/emulator/options'

describe('the flags of the local cloud', () => {
  it('may all be left out', () => {
    expect(readOptions([])).toEqual({ kind: 'run', config: {}, wish: {} })
  })

  it('say everything that can be said', () => {
    const args =
      '--port 0 --dns-port=5353 --runtime simulated --strict --empty --operation-delay-ms 0 --allow-host a --allow-host b --exit-with-parent --faults'
    expect(readOptions([...args.split(' '), '--state-dir', '/var/tmp/a b'])).toEqual({
      kind: 'run',
      wish: { stateDir: '/var/tmp/a b' },
      config: {
        port: 0,
        dnsPort: 5353,
        operationDelayMs: 0,
        runtime: 'simulated',
        strict: true,
        extraHosts: ['a', 'b'],
        exitWithParent: true,
        faults: true,
      },
    })
  })

  it('can ask for nothing to be kept', () => {
    expect(readOptions(['--ephemeral'])).toEqual({ kind: 'run', config: {}, wish: { ephemeral: true } })
  })

  it('ask for help', () => {
    expect(readOptions(['--help', '--port', 'x'])).toEqual({ kind: 'help' })
  })

  it.each([
    [['--port', 'many'], '--port'],
    [['--port', '65536'], '--port'],
    [['--port', '-1'], '--port'],
    [['--port', '1.5'], '--port'],
    [['--dns-port', ''], '--dns-port'],
    [['--runtime', 'docker'], '--runtime'],
    [['--state-dir', 'x', '--ephemeral'], '--ephemeral'],
    [['--state-dir', ''], '--state-dir'],
    [['--colour'], '--colour'],
    [['stray'], 'stray'],
  ])('%j are wrong, and the reason names it', (args, named) => {
    const command = readOptions(args)
    expect(command.kind).toBe('wrong')
    expect(command.kind === 'wrong' && command.reason).toContain(named)
  })
})
