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
