import { describe, expect, it } from 'vitest'
import { backendArn, sceneWorld } from '../../support/connect-world'
import { clusterArn, definitionArn, deployment } from '../../support/inventory'
import { planOf, refusalOf } from '../../support/planned'

const ARN = 'arn:aws:ecs:us-east-1:000000000000:service-deployment/default/backend-api/abcdefghijklmnopqrstu'
const input = { clusterArn: clusterArn(), serviceArn: backendArn }
const rolling = (more = {}) =>
  sceneWorld({
    detailsMore: { deploymentUnderWay: ARN },
    backendMore: {
      createdAtMs: 1_000,
      deployments: [
        deployment({
          id: 'ecs-svc/2',
          taskDefinitionArn: definitionArn('backend-api', 2),
          rolloutState: 'IN_PROGRESS',
        }),
        deployment({ status: 'ACTIVE', taskDefinitionArn: definitionArn('backend-api') }),
      ],
      ...more,
    },
  })

describe('rolling a deployment back', () => {
  it('stops the service deployment that is under way, and waits until it is back', () =>
    expect(planOf('roll-back', input, rolling())).toMatchObject({
      title: 'Roll back backend-api',
      steps: [
        {
          command: 'ecs:StopServiceDeployment',
          input: { serviceDeploymentArn: ARN, stopType: 'ROLLBACK' },
          after: { kind: 'rollback ended' },
          permissions: ['ecs:StopServiceDeployment', 'ecs:DescribeServiceDeployments'],
          undo: { possible: false },
        },
      ],
      seen: [{ facts: { status: 'ACTIVE', deploymentId: 'ecs-svc/2' } }],
      confirm: null,
    }))

  it('is refused when nothing is under way, when there is nothing before, and when the service is gone', () => {
    expect(refusalOf('roll-back', input, sceneWorld())).toBe('NothingUnderWay')
    expect(
      refusalOf('roll-back', input, rolling({ deployments: [deployment({ rolloutState: 'COMPLETED' })] })),
    ).toBe('NothingUnderWay')
    const first = deployment({ rolloutState: 'IN_PROGRESS' })
    expect(
      refusalOf('roll-back', input, rolling({ deployments: [first], createdAtMs: first.createdAtMs - 20 })),
    ).toBe('NothingToGoBackTo')
    expect(refusalOf('roll-back', { ...input, serviceArn: `${backendArn}x` }, rolling())).toBe('ServiceGone')
    expect(refusalOf('roll-back', input, { ...rolling(), serviceDetails: {} })).toBe('ServiceUnread')
  })
})
