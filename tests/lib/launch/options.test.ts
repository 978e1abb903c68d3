import { describe, expect, it } from 'vitest'
import { parseStartOptions } from '@/lib/launch/options.mjs'

describe('which cloud npm start looks at', () => {
  it('is the local cloud without a flag, whatever AWS_* says', () => {
    process.env.AWS_PROFILE = 'production'
    expect(parseStartOptions([]).target).toBe('local')
    delete process.env.AWS_PROFILE
  })

  it.each([
    [['--aws'], 'aws'],
    [['--profile', 'team'], 'aws'],
    [['--region', 'eu-central-1'], 'aws'],
    [['--profile', 'team', '--region', 'eu-central-1'], 'aws'],
    [['--endpoint-url', 'http://localhost:4566'], 'endpoint'],
    [['--endpoint-url', 'http://localhost:4566', '--region', 'us-west-2'], 'endpoint'],
    [['--port', '3100', '--emulator-port', '4700'], 'local'],
    [['--read-only'], 'local'],
    [['--empty', '--strict'], 'local'],
  ])('%j means %s', (args, target) => {
    expect(parseStartOptions(args).target).toBe(target)
  })

  it('opens only by the printed address when there is something to protect', () => {
    expect(parseStartOptions([]).requireToken).toBe(false)
    expect(parseStartOptions(['--require-token']).requireToken).toBe(true)
    expect(parseStartOptions(['--aws']).requireToken).toBe(true)
    expect(parseStartOptions(['--endpoint-url', 'http://localhost:4566']).requireToken).toBe(true)
  })
})

describe('shells in tasks', () => {
  it('are off unless they are asked for, and never in a console that only looks', () => {
    expect(parseStartOptions([]).shell).toBe(false)
    expect(parseStartOptions(['--shell']).shell).toBe(true)
    expect(() => parseStartOptions(['--shell', '--read-only'])).toThrow('--read-only changes nothing')
  })
})

describe('where the local cloud keeps its state', () => {
  it('is its own choice, a folder that was named, or nowhere', () => {
    expect(parseStartOptions([])).toMatchObject({ stateDir: undefined, ephemeral: false })
    expect(parseStartOptions(['--state-dir', '/var/tmp/x'])).toMatchObject({ stateDir: '/var/tmp/x' })
    expect(parseStartOptions(['--ephemeral'])).toMatchObject({ ephemeral: true })
  })
})

describe('options that make no sense', () => {
  it.each([
    [['--port', '0'], /--port must be a port/],
    [['--port', '65536'], /--port must be a port/],
    [['--port', '3e3.5'], /--port must be a port/],
    [['--emulator-port', 'x'], /--emulator-port must be a port/],
    [['--port', '4680'], /cannot both have port 4680/],
    [['--port', '5000', '--emulator-port', '5000'], /cannot both have port 5000/],
    [['--endpoint-url', 'localhost:4566'], /--endpoint-url must be an http/],
    [['--endpoint-url', 'ftp://localhost'], /--endpoint-url must be an http/],
    [['--endpoint-url', 'http://localhost:1', '--aws'], /two different clouds/],
    [['--aws', '--empty'], /belong to the local cloud/],
    [['--profile', 'p', '--emulator-port', '4680'], /belong to the local cloud/],
    [['--aws', '--ephemeral'], /belong to the local cloud/],
    [['--aws', '--runtime', 'simulated'], /belong to the local cloud/],
    [['--state-dir', 'x', '--ephemeral'], /give one of them/],
    [['--state-dir', ''], /takes a folder/],
    [['--runtime', 'docker'], /--runtime must be/],
    [['--poll-seconds', '0'], /--poll-seconds/],
    [['--poll-seconds', 'soon'], /--poll-seconds/],
    [['--colour'], /colour/],
    [['extra'], /extra/],
  ])('%j is refused with a sentence', (args, message) => {
    expect(() => parseStartOptions(args)).toThrow(message)
  })
})
