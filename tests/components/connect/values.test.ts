import { describe, expect, it } from 'vitest'
import { candidatesOf, chosenOf, isSuggested } from '@/components/connect/candidates'
import { fieldOf, firstConnectValues, namesOf, toConnectInput } from '@/components/connect/values'
import { checkValues } from '@/components/wizard/check-values'
import { choicesFrom } from '@/lib/changes/choices'
import { type ConnectDraft, draftOf } from '@/lib/changes/connect/draft'
import { serviceConnectInput } from '@/lib/changes/inputs/service-connect'
import type { World } from '@/lib/changes/world'
import {
  backendArn,
  backendOn,
  connect,
  connected,
  frontendArn,
  NAMESPACE,
  OTHER_NAMESPACE,
  revision,
  sceneWorld,
} from '../../support/connect-world'
import { clusterArn } from '../../support/inventory'
import { planOf } from '../../support/planned'

function draftIn(world: World, arn = backendArn): ConnectDraft {
  const drafted = draftOf(clusterArn(), arn, world)
  if (!drafted.ok) throw new Error(drafted.message)
  return drafted.draft
}
const formOf = (world: World, way: 'on' | 'off' | 'as it is' = 'on') => {
  const draft = draftIn(world)
  const choices = choicesFrom(world)
  return { draft, choices, values: firstConnectValues(draft, choices, way) }
}

describe('what the form starts from', () => {
  it('suggests an alias, a free discovery name and the protocol that callers speak', () => {
    const draft = draftIn(sceneWorld())
    expect(draft).toMatchObject({
      name: 'backend-api',
      mode: 'off',
      namespaceId: NAMESPACE.id,
      dnsName: 'backend-api.production.local',
      isMoved: false,
      ports: [
        {
          container: 'backend-api',
          containerPort: 8080,
          portName: 'http',
          appProtocol: 'http',
          isNamed: false,
          isOffered: false,
          discoveryName: 'backend-api-sc',
          aliasDnsName: 'backend-api',
          aliasPort: 8080,
        },
      ],
    })
  })

  it('takes a port of a database for plain TCP', () => {
    const backendRevision = revision('backend-api', 5_432)
    expect(draftIn(sceneWorld({ backendRevision })).ports[0]).toMatchObject({
      appProtocol: '',
      portName: 'tcp',
    })
  })

  it('holds nothing secret and survives JSON', () => {
    const draft = draftIn(sceneWorld({ url: 'http://user:hunter2@backend-api.production.local:8080' }))
    expect(JSON.parse(JSON.stringify(draft))).toEqual(draft)
    expect(JSON.stringify(draft)).not.toContain('hunter2')
  })

  it('says why there is no form', () => {
    const host = sceneWorld({ backendRevision: revision('backend-api', 8080, { networkMode: 'host' }) })
    expect(draftOf(clusterArn(), backendArn, host)).toMatchObject({ ok: false, code: 'NetworkMode' })
    expect(draftOf(clusterArn(), `${backendArn}x`, host)).toMatchObject({ ok: false, code: 'ServiceGone' })
  })
})

describe('the form', () => {
  it('untouched is a plan that the server makes, with the caller moved along', () => {
    const world = sceneWorld()
    const { draft, choices, values } = formOf(world)
    const { input, issues } = checkValues(
      { schema: serviceConnectInput, toInput: () => toConnectInput(values, draft, choices), fieldOf },
      values,
    )
    expect(issues).toEqual([])
    const plan = planOf('service-connect', input, world)
    expect(plan.steps.map(({ id }) => id)).toEqual([
      'task-definition-backend-api',
      'service-connect-backend-api',
      'connect-frontend-web',
    ])
  })

  it('of a service that is on changes nothing, and switched off leaves with its client', () => {
    const world = sceneWorld({ backend: backendOn(), frontend: connect() })
    const same = formOf(world, 'as it is')
    expect(toConnectInput(same.values, same.draft, same.choices)).toMatchObject({
      wish: { mode: 'client and server', endpoints: [{ aliasDnsName: 'backend-api' }] },
      clients: [],
    })
    const off = formOf(world, 'off')
    expect(toConnectInput(off.values, off.draft, off.choices)).toMatchObject({
      wish: { mode: 'off' },
      clients: [frontendArn],
    })
  })

  it('tells a wrong field where it stands, also when ports before it are not offered', () => {
    const { values } = formOf(sceneWorld())
    const [port] = values.ports
    if (!port) throw new Error('no port')
    const two = { ...values, ports: [{ ...port, isOn: false }, port] }
    expect(fieldOf('wish.endpoints.0.aliasPort', two)).toBe('ports.1.aliasPort')
    expect(fieldOf('wish.endpoints', two)).toBe('ports')
    expect(fieldOf('wish.namespace.id', two)).toBe('namespace.id')
    expect(fieldOf('wish.logs.group', two)).toBe('logs.group')
  })

  it('forgets a request timeout when the port is plain TCP, and access logs without logs', () => {
    const { draft, choices, values } = formOf(sceneWorld())
    const ports = values.ports.map((port) => ({
      ...port,
      appProtocol: '' as const,
      perRequestTimeoutSeconds: 5,
    }))
    expect(
      serviceConnectInput.parse(toConnectInput({ ...values, ports, accessLogs: 'JSON' }, draft, choices)),
    ).toMatchObject({ wish: { accessLogs: 'off', endpoints: [{ perRequestTimeoutSeconds: null }] } })
  })
})

describe('who is offered to be moved along', () => {
  const reports = connected('reports', connect())

  it('is whoever calls it or stands in the namespace, callers suggested', () => {
    const { draft, choices, values } = formOf(sceneWorld({ others: [reports] }))
    const offered = candidatesOf(draft, namesOf(values, draft, choices))
    expect(offered.map(({ name, help }) => `${name} ${help}`)).toEqual([
      'frontend-web join',
      'reports redeploy',
    ])
    expect(offered.filter(isSuggested).map(({ name }) => name)).toEqual(['frontend-web'])
    expect(chosenOf(offered, { [reports.arn]: true, [frontendArn]: false })).toEqual([reports.arn])
  })

  it('are none that only wait for a name, when the name goes', () => {
    const late = { ...reports, deployments: reports.deployments.map((one) => ({ ...one, createdAtMs: 0 })) }
    const { draft, choices, values } = formOf(sceneWorld({ backend: backendOn(), others: [late] }))
    const of = (mode: typeof values.mode) =>
      candidatesOf(draft, namesOf({ ...values, mode }, draft, choices)).filter(
        ({ name }) => name === 'reports',
      )
    expect(of('client and server').filter(isSuggested)).toHaveLength(1)
    expect(of('off').map(({ help }) => help)).toEqual(['leave'])
    expect(of('off').filter(isSuggested)).toEqual([])
  })

  it('is the same list as the plan accepts, for every mode and namespace', () => {
    for (const frontend of [null, connect(), connect([], { namespace: OTHER_NAMESPACE.arn })])
      for (const backend of [null, backendOn()]) {
        const world = sceneWorld({ backend, frontend, others: [reports] })
        const { draft, choices, values } = formOf(world)
        for (const mode of ['off', 'client', 'client and server'] as const)
          for (const id of [NAMESPACE.id, OTHER_NAMESPACE.id]) {
            if (mode === 'off' && backend === null) continue
            const form = { ...values, mode, namespace: { ...values.namespace, id, type: 'HTTP' as const } }
            const input = toConnectInput(form, draft, choices)
            const all = candidatesOf(draft, namesOf(form, draft, choices)).filter(
              ({ help }) => help !== 'elsewhere',
            )
            const wanted = serviceConnectInput.parse({
              ...serviceConnectInput.parse(input),
              clients: all.map(({ arn }) => arn),
            })
            expect(() => planOf('service-connect', wanted, world)).not.toThrow(/NotAClient|ClientElsewhere/)
          }
      }
  })
})
