import { describe, expect, it } from 'vitest'
import { failureOf } from '@/lib/probe/failure'
import { aliasProblem } from '@/lib/probe/from-task/alias-problem'
import { readReport } from '@/lib/probe/from-task/read-report'
import { tellChosen, tellName } from '@/lib/probe/from-task/tell'
import { waysFromTask } from '@/lib/probe/preset'
import type { ConnectFacts, ServiceNode } from '@/lib/topology/model'
import { makeInstance, makeService } from '../../../support/topology-fixtures'

const connected = (more: Partial<ConnectFacts> = {}): ConnectFacts => ({
  mode: 'client',
  namespaceArn: 'arn:ns',
  endpoints: [],
  proxiesHealthy: 1,
  proxies: 1,
  unknownNames: [],
  missedNames: [],
  ...more,
})
const endpoint = { portName: 'http', discoveryName: 'api', alias: 'api', port: 8080, ingressPort: null }
const api: ServiceNode = {
  ...makeService('backend-api'),
  connect: connected({ mode: 'client and server', endpoints: [endpoint] }),
}
const web = (connect: ConnectFacts | null): ServiceNode => ({ ...makeService('frontend-web'), connect })
const place = { host: 'api', port: 8080, hostHeader: 'api:8080', picked: null }

describe('a call by an alias from inside a task', () => {
  it.each([
    ['is not in Service Connect', null, 'which frontend-web does not use'],
    [
      'is in another namespace',
      connected({ namespaceArn: 'arn:other' }),
      'another Service Connect namespace',
    ],
    ['was deployed too early', connected({ unknownNames: ['api'] }), 'redeploy frontend-web'],
  ])('is told what is wrong where the caller %s, and goes by DNS unless chosen', (_, connect, why) => {
    expect(aliasProblem(web(connect), api, null)).toContain(why)
    expect(waysFromTask(api, web(connect))).toEqual(['dns', 'discover', 'tasks', 'alias'])
  })

  it('comes first where the caller knows the name', () => {
    expect(aliasProblem(web(connected()), api, null)).toBeNull()
    expect(waysFromTask(api, web(connected()))[0]).toBe('alias')
  })

  it('stays possible where there is no other way', () => {
    const alone = { ...api, discovery: null, instances: [] }
    expect(waysFromTask(alone, web(null))).toEqual(['alias'])
  })

  it('names the cause in the trip when the name did not resolve', () => {
    const report = readReport(
      Buffer.from('@aaaaaaaa tool curl\n\n@aaaaaaaa exit 6\n@aaaaaaaa error could not resolve'),
      'aaaaaaaa',
    )
    expect(tellName(report, place, api, true, 'not in it').note).toBe('not in it')
    expect(tellName(report, place, api, true, null).note).toContain('redeployed')
  })

  it('is no question of the Cloud Map service', () => {
    expect(failureOf('resolve', 'alias').remedy).not.toContain('Cloud Map')
    expect(failureOf('resolve', 'dns')).toEqual(failureOf('resolve'))
    expect(failureOf('refused', 'alias')).toEqual(failureOf('refused'))
  })

  it('counts the instances that the proxy chooses among', () => {
    const noteFor = (...states: readonly ('healthy' | 'failing')[]) =>
      tellChosen(
        null,
        place,
        { ...api, instances: states.map((state, at) => makeInstance(`t${at}`, { state })) },
        true,
      ).note
    expect(noteFor()).toContain('the proxy answers 503 itself')
    expect(noteFor('healthy', 'failing')).toBe('one instance is healthy')
    expect(noteFor('healthy', 'healthy')).toBe('among 2 healthy instances, in turn')
  })
})
