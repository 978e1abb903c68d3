import { describe, expect, it } from 'vitest'
import type { World } from '@/lib/changes/world'
import type { Plan } from '@/lib/plan/plan'
import {
  backendEndpoint,
  connect,
  connected,
  connectInput,
  frontendArn,
  OTHER_NAMESPACE,
  onWish,
  sceneWorld,
} from '../../../support/connect-world'
import { commandsOf, planOf, stepNamed, told } from '../../../support/planned'

const plan = (world: World, input = connectInput()): Plan => planOf('service-connect', input, world)

describe('clients of a name that starts', () => {
  const stranded = connected('reports', connect())

  it('are said when the plan does not move them', () => {
    const warned = told(plan(sceneWorld({ others: [stranded] })), 'warn')
    expect(warned).toContain(
      'reports was deployed before backend-api:8080 exists: it must be redeployed to resolve it.',
    )
    expect(warned).toContain(
      'frontend-web calls backend-api and is not in Service Connect: it goes on as today, past the proxies.',
    )
    expect(
      told(plan(sceneWorld({ frontend: connect([], { namespace: OTHER_NAMESPACE.arn }) })), 'warn'),
    ).toContain('frontend-web is in another Service Connect namespace and cannot resolve backend-api:8080.')
  })

  it('that are in the namespace are redeployed after the server', () => {
    const made = plan(
      sceneWorld({ frontend: connect(), others: [stranded] }),
      connectInput({ clients: [stranded.arn, frontendArn] }),
    )
    expect(commandsOf(made).slice(1)).toEqual([
      'service-connect-backend-api: ecs:UpdateService',
      'redeploy-frontend-web: ecs:UpdateService',
      'redeploy-reports: ecs:UpdateService',
    ])
    expect(stepNamed(made, 'redeploy-reports')).toMatchObject({
      input: { service: stranded.arn, forceNewDeployment: true },
      sentence: 'Replace the tasks of reports by new ones, so that they resolve backend-api:8080.',
      undo: { possible: false },
    })
    expect(told(made)).not.toContain('must be redeployed')
  })

  it('go servers before those that call them', () => {
    // `a-page` calls frontend-web, which calls backend-api.
    const page = connected('a-page', connect())
    const world = sceneWorld({ frontend: connect(), others: [page] })
    const nodeId = (arn: string) => world.topology.services.find((node) => node.ecs?.arn === arn)?.id ?? ''
    const called = {
      ...world,
      topology: {
        ...world.topology,
        edges: [
          ...world.topology.edges,
          {
            id: 'page',
            source: nodeId(page.arn),
            target: nodeId(frontendArn),
            evidence: [],
            problem: null,
          },
        ],
      },
    }
    const made = plan(called, connectInput({ clients: [page.arn, frontendArn] }))
    expect(commandsOf(made).slice(2)).toEqual([
      'redeploy-frontend-web: ecs:UpdateService',
      'redeploy-a-page: ecs:UpdateService',
    ])
  })

  it('whose DNS name the alias hides are redeployed again when it is taken back', () => {
    const wish = onWish({ endpoints: [backendEndpoint({ aliasDnsName: 'backend-api.production.local' })] })
    const made = plan(sceneWorld({ frontend: connect() }), connectInput({ wish, clients: [frontendArn] }))
    expect(stepNamed(made, 'service-connect-backend-api').undo).toMatchObject({
      calls: [
        { input: { serviceConnectConfiguration: { enabled: false } } },
        { input: { service: frontendArn, forceNewDeployment: true } },
      ],
    })
    expect(told(made)).toContain('is a DNS name too')
  })
})
