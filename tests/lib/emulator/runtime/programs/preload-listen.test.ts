import { describe, expect, it } from 'vitest'
import { listenArguments, meansHere } from '@/lib/emulator/runtime/programs/preload-listen.cjs'

const task = { address: '127.10.0.12', hostname: 'ip-127-10-0-12' }
const callback = () => undefined
const listen = (...args: unknown[]) => listenArguments(args, task)

describe('listening for everybody or for localhost', () => {
  it.each([
    undefined,
    null,
    '',
    '0.0.0.0',
    '::',
    'localhost',
    'LOCALHOST',
    '127.0.0.1',
    '::1',
    'ip-127-10-0-12',
  ])('on %j means the task', (host) => {
    expect(meansHere(host, task.hostname)).toBe(true)
    expect(listen(8080, host, callback)).toEqual([8080, '127.10.0.12', callback])
    expect(listen({ port: 8080, host })).toEqual([{ port: 8080, host: '127.10.0.12' }])
  })

  it('takes every form of listen', () => {
    const own = '127.10.0.12'
    expect(listen(8080)).toEqual([8080, own])
    expect(listen('8080')).toEqual(['8080', own])
    expect(listen(8080, callback)).toEqual([8080, own, callback])
    expect(listen(8080, 511, callback)).toEqual([8080, own, 511, callback])
    expect(listen(8080, '0.0.0.0', 511, callback)).toEqual([8080, own, 511, callback])
    expect(listen(8080, undefined, 511, callback)).toEqual([8080, own, 511, callback])
    expect(listen()).toEqual([{ port: 0, host: own }])
    expect(listen(callback)).toEqual([{ port: 0, host: own }, callback])
    expect(listen(undefined, callback)).toEqual([{ port: 0, host: own }, callback])
    expect(listen({ port: 8080, backlog: 5 }, callback)).toEqual([
      { port: 8080, backlog: 5, host: own },
      callback,
    ])
  })
})

describe('listening elsewhere', () => {
  it.each([
    [['/tmp/socket']],
    [['/tmp/socket', callback]],
    [[{ path: '/tmp/socket' }]],
    [[{ fd: 4 }]],
    [[8080, '127.10.0.99', callback]],
    [[{ port: 8080, host: '192.0.2.1' }]],
  ])('%j stays as it is', (args) => {
    expect(listen(...args)).toEqual(args)
  })
})

describe('a port that the Service Connect proxy has taken', () => {
  const placeOf = (port: unknown) => (Number(port) === 3000 ? '127.10.0.99' : task.address)
  const proxied = (...args: unknown[]) => listenArguments(args, { ...task, placeOf })

  it('is at the inner address in every form of listen, also when the program names the task', () => {
    expect(proxied(3000)).toEqual([3000, '127.10.0.99'])
    expect(proxied('3000', callback)).toEqual(['3000', '127.10.0.99', callback])
    expect(proxied(3000, '0.0.0.0', 511)).toEqual([3000, '127.10.0.99', 511])
    expect(proxied(3000, '127.10.0.12')).toEqual([3000, '127.10.0.99'])
    expect(proxied({ port: 3000 })).toEqual([{ port: 3000, host: '127.10.0.99' }])
    expect(proxied({ port: 3000, host: '127.10.0.12' })).toEqual([{ port: 3000, host: '127.10.0.99' }])
  })

  it('leaves every other port where it was', () => {
    expect(proxied(8080)).toEqual([8080, '127.10.0.12'])
    expect(proxied({ port: 8080 })).toEqual([{ port: 8080, host: '127.10.0.12' }])
    expect(proxied()).toEqual([{ port: 0, host: '127.10.0.12' }])
  })
})
