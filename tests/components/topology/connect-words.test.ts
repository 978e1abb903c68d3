import { describe, expect, it } from 'vitest'
import {
  aliasWords,
  connectMark,
  proxyWords,
  staleSentence,
  unseenSentence,
} from '@/components/topology/connect-words'
import { addressLine, describeService, discoveryWord } from '@/components/topology/state-words'
import { buildRows } from '@/components/topology/table/rows'
import type { ConnectFacts } from '@/lib/topology/model'
import { matches } from '@/lib/topology/search'
import { makeService, makeTopology } from '../../support/topology-fixtures'

const connect = (more: Partial<ConnectFacts> = {}): ConnectFacts => ({
  mode: 'client',
  namespaceArn: 'arn:ns',
  endpoints: [],
  proxiesHealthy: 2,
  proxies: 2,
  unknownNames: [],
  missedNames: [],
  ...more,
})
const endpoint = { portName: 'http', discoveryName: 'users', alias: 'user-svc', port: 80, ingressPort: null }
const server = connect({ mode: 'client and server', endpoints: [endpoint] })
const card = (facts: ConnectFacts, more: Parameters<typeof makeService>[1] = {}) =>
  makeService('web', { connect: facts, ...more })

describe('the proxy mark', () => {
  it.each([
    [connect(), 'accent', 'client only', 'Service Connect: client only, 2 of 2 proxies healthy.'],
    [server, 'accent', 'Service Connect', 'Service Connect: client and server, 2 of 2 proxies healthy.'],
    [connect({ proxies: 0, proxiesHealthy: 0 }), 'accent', 'client only', 'Service Connect: client only.'],
    [connect({ proxiesHealthy: 1 }), 'busy', 'proxy 1/2', 'Service Connect: 1 of 2 proxies healthy.'],
    [
      connect({ missedNames: ['user-svc'], proxiesHealthy: 1 }),
      'warn',
      'stale client',
      'web was deployed before user-svc existed: its tasks cannot resolve it until it is redeployed.',
    ],
  ])('of %j is %s: %s', (facts, tone, word, title) =>
    expect(connectMark('web', facts)).toEqual({ tone, word, title }),
  )
})

describe('names that a client cannot resolve', () => {
  it.each([
    [[], null],
    [
      ['a', 'b'],
      'web was deployed before a, b existed: its tasks cannot resolve them until it is redeployed.',
    ],
    [
      ['a', 'b', 'c', 'd'],
      'web was deployed before a, b and 2 more names existed: its tasks cannot resolve them until it is redeployed.',
    ],
  ])('%j are told in a sentence', (missedNames, sentence) =>
    expect(staleSentence('web', connect({ missedNames }))).toBe(sentence),
  )
})

describe('names made after a deployment', () => {
  it.each([
    [[], [], null],
    [['a'], ['a'], null],
    [
      ['a', 'b'],
      ['a'],
      'Made after its deployment, so its tasks do not resolve it: b. Nothing in its environment names it.',
    ],
    [
      ['a', 'b'],
      [],
      'Made after its deployment, so its tasks do not resolve them: a, b. Nothing in its environment names them.',
    ],
  ])('%j, of which %j are called: %j', (unknownNames, missedNames, sentence) =>
    expect(unseenSentence(connect({ unknownNames, missedNames }))).toBe(sentence),
  )
  it('do not mark a client that does not call them', () =>
    expect(connectMark('web', connect({ unknownNames: ['a'] })).tone).toBe('accent'))
})

describe('proxies', () => {
  it.each([
    [0, 0, null],
    [1, 1, 'its proxy is healthy'],
    [0, 1, 'its proxy is not healthy yet'],
    [2, 3, '2 of 3 proxies healthy'],
  ])('%d of %d: %j', (proxiesHealthy, proxies, words) =>
    expect(proxyWords(connect({ proxiesHealthy, proxies }))).toBe(words),
  )
})

describe('a card with Service Connect', () => {
  it('says what others call, before its DNS name', () => {
    expect(aliasWords(server)).toBe('user-svc:80')
    expect(addressLine(card(server))).toBe('user-svc:80 · web.production.local')
    expect(addressLine(card(server, { in: null }))).toBe('user-svc:80')
  })
  it('keeps its DNS name when it is only a client', () =>
    expect(addressLine(card(connect()))).toBe('web.production.local:8080'))
  it('says it in its chip', () => expect(discoveryWord(card(server))).toBe('Service Connect'))
  it('says it to those who do not see it', () => {
    expect(describeService(card(server))).toBe(
      'web, 1 of 1 running, steady, Service Connect client and server, 2 of 2 proxies healthy',
    )
    expect(describeService(card(connect({ missedNames: ['x'] })))).toContain('its tasks cannot resolve it')
  })
  it.each([
    ['service connect', true, true],
    ['client only', true, false],
    ['user-svc', false, true],
    ['stale', false, false],
  ])('is found by %j: client %j, server %j', (text, client, isServer) => {
    const topology = makeTopology()
    expect(matches(topology, card(connect()), text)).toBe(client)
    expect(matches(topology, card(server), text)).toBe(isServer)
  })
  it('is found by being stale', () =>
    expect(matches(makeTopology(), card(connect({ missedNames: ['x'] })), 'stale')).toBe(true))
  it('has a cell of its own in the table', () => {
    const topology = makeTopology({ services: [card(server), makeService('plain')] })
    expect(
      buildRows(topology, null, 'flat').map((row) => [row.name, row.connect?.word, row.address]),
    ).toEqual([
      ['plain', undefined, 'plain.production.local'],
      ['web', 'Service Connect', 'user-svc:80'],
    ])
  })
})
