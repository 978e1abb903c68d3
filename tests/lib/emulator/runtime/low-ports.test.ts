import { describe, expect, it } from 'vitest'
import { lowestPortOf, movedRemark, reachedPort, readLowestPort } from '@/lib/emulator/runtime/low-ports'
import { reachedPort as reachedInPreload } from '@/lib/emulator/runtime/programs/preload-ports.cjs'

const user = {
  platform: 'linux',
  userId: 1000,
  unprivilegedStart: '1024\n',
  ownStatus: 'Name:\tnode\nCapEff:\t0000000000000000\n',
}

describe('the lowest port that tasks may have', () => {
  it.each([
    ['an ordinary user of Linux', user, 1024],
    ['one whose system lets everybody have them', { ...user, unprivilegedStart: '0\n' }, 0],
    ['one whose system starts at 80', { ...user, unprivilegedStart: '80' }, 80],
    ['root', { ...user, userId: 0, ownStatus: 'CapEff:\t000001ffffffffff\n' }, 0],
    ['root in a container that dropped the right', { ...user, userId: 0 }, 1024],
    ['a user with that right alone', { ...user, ownStatus: 'CapEff:\t0000000000000400\n' }, 0],
    ['a Linux without /proc', { ...user, unprivilegedStart: undefined, ownStatus: undefined }, 1024],
    ['a user of macOS', { ...user, platform: 'darwin', unprivilegedStart: undefined }, 1024],
    ['root of macOS', { ...user, platform: 'darwin', userId: 0 }, 0],
    ['anybody on Windows', { ...user, platform: 'win32', userId: undefined }, 0],
    ['a system that talks nonsense', { ...user, unprivilegedStart: 'many' }, 0],
  ])('of %s', (_who, facts, expected) => {
    expect(lowestPortOf(facts)).toBe(expected)
  })

  it('can be read here', () => {
    expect(readLowestPort()).toBeGreaterThanOrEqual(0)
  })
})

describe('where a port is reached', () => {
  it.each([
    [80, 1024, 20_080],
    [1023, 1024, 21_023],
    [1024, 1024, 1024],
    [8080, 1024, 8080],
    [80, 0, 80],
    [0, 1024, 0],
  ])('%i with %i as the lowest: %i, for the cloud and for its tasks alike', (port, lowest, expected) => {
    expect(reachedPort(port, lowest)).toBe(expected)
    expect(reachedInPreload(port, lowest)).toBe(expected)
  })

  it('is told with what would make it the port itself', () => {
    expect(movedRemark(80)).toContain('20080')
    expect(movedRemark(80)).toContain('net.ipv4.ip_unprivileged_port_start=80')
  })

  it.each([undefined, null, 'pipe', '', {}, Number.NaN])('leaves %j alone, which is no port', (value) => {
    expect(reachedInPreload(value, 1024)).toBe(value)
  })
})
