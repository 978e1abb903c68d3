import type { Service, ServiceDeployment, ServiceDeploymentBrief, ServiceRevision } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import type { Wire } from '@/lib/emulator/wire/wire-type'
import {
  goodService,
  goodTaskDefinition,
  makeReadyEcs,
  type TestEcs,
} from '../../../support/emulator-context'

const listed = (ecs: TestEcs, input: object = {}) =>
  ecs.call<{ serviceDeployments: ServiceDeploymentBrief[]; nextToken?: string }>('ListServiceDeployments', {
    service: 'web',
    ...input,
  })

/** The newest service deployment, described. */
function current(ecs: TestEcs): Wire<ServiceDeployment> {
  const arn = ecs.service('web').currentServiceDeployment
  const { serviceDeployments } = ecs.call<{ serviceDeployments: ServiceDeployment[] }>(
    'DescribeServiceDeployments',
    { serviceDeploymentArns: [arn] },
  )
  const [found] = serviceDeployments
  if (!found) throw new Error('no service deployment')
  return found
}

const revision = (ecs: TestEcs, arn: string | undefined): Wire<ServiceRevision> | undefined =>
  ecs.call<{ serviceRevisions: ServiceRevision[] }>('DescribeServiceRevisions', {
    serviceRevisionArns: [arn],
  }).serviceRevisions[0]

const breaker = { deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } } }
/** The old tasks go first, so that a rollback has some to start again. */
const goFirst = { minimumHealthyPercent: 0, maximumPercent: 100 }

/** A service whose first deployment has completed, and a second revision of its task definition. */
function steady(settings: object = {}): TestEcs {
  const ecs = makeReadyEcs()
  ecs.call('RegisterTaskDefinition', goodTaskDefinition())
  ecs.call('CreateService', { ...goodService({ taskDefinition: 'backend:1' }), ...settings })
  ecs.advance(5_000)
  expect(current(ecs).status).toBe('SUCCESSFUL')
  return ecs
}
const deploySecond = (ecs: TestEcs) =>
  ecs.call<{ service: Service }>('UpdateService', { service: 'web', taskDefinition: 'backend:2' })

describe('a service deployment', () => {
  it('is there as soon as its service is, and told by it', () => {
    const ecs = makeReadyEcs()
    const { service } = ecs.call<{ service: Service }>('CreateService', goodService())
    expect(service.currentServiceDeployment).toMatch(
      /^arn:aws:ecs:us-east-1:111122223333:service-deployment\/default\/web\/\w{21}$/,
    )
    const [target] = service.currentServiceRevisions ?? []
    expect(target).toMatchObject({
      arn: expect.stringMatching(/:service-revision\/default\/web\/\d{19}$/),
      requestedTaskCount: 2,
      runningTaskCount: 0,
    })
    expect(current(ecs)).toMatchObject({
      status: 'PENDING',
      sourceServiceRevisions: [],
      targetServiceRevision: {
        arn: target?.arn,
        requestedTaskCount: 2,
        runningTaskCount: 0,
        pendingTaskCount: 0,
      },
      deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100 },
      deploymentCircuitBreaker: { status: 'DISABLED', failureCount: 0, threshold: 3 },
      alarms: { status: 'DISABLED', alarmNames: [], triggeredAlarmNames: [] },
    })
  })

  it('goes by IN_PROGRESS to SUCCESSFUL, with its times', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService())
    ecs.advance(50)
    const started = current(ecs)
    expect(started).toMatchObject({ status: 'IN_PROGRESS', targetServiceRevision: { pendingTaskCount: 2 } })
    expect(started.startedAt).toBeGreaterThanOrEqual(started.createdAt ?? Number.NaN)
    expect(started.finishedAt).toBeUndefined()
    ecs.advance(5_000)
    const done = current(ecs)
    expect(done).toMatchObject({ status: 'SUCCESSFUL', targetServiceRevision: { runningTaskCount: 2 } })
    expect(done.finishedAt).toBeGreaterThan(started.startedAt ?? Number.NaN)
    expect(done.stoppedAt).toBeUndefined()
  })

  it('names what it replaces, as it was when it was asked for', () => {
    const ecs = steady()
    const before = ecs.service('web').currentServiceRevisions?.[0]?.arn
    deploySecond(ecs)
    expect(current(ecs)).toMatchObject({
      sourceServiceRevisions: [
        { arn: before, requestedTaskCount: 2, runningTaskCount: 2, pendingTaskCount: 0 },
      ],
    })
    expect(ecs.service('web').currentServiceRevisions).toHaveLength(2)
    ecs.advance(10_000)
    expect(current(ecs)).toMatchObject({ status: 'SUCCESSFUL', sourceServiceRevisions: [{ arn: before }] })
    expect(ecs.service('web').currentServiceRevisions).toHaveLength(1)
  })

  it('keeps what it came to when the service moves on', () => {
    const ecs = steady()
    const first = current(ecs)
    ecs.call('UpdateService', { service: 'web', desiredCount: 5 })
    ecs.advance(5_000)
    expect(current(ecs)).toEqual(first)
  })

  it('is not made by a new count alone, but by a forced deployment', () => {
    const ecs = steady()
    ecs.call('UpdateService', { service: 'web', desiredCount: 3 })
    expect(listed(ecs).serviceDeployments).toHaveLength(1)
    ecs.call('UpdateService', { service: 'web', forceNewDeployment: true })
    expect(listed(ecs).serviceDeployments).toHaveLength(2)
  })

  it('is stopped by a newer one', () => {
    const ecs = steady()
    ecs.runtime.fate = () => ({ kind: 'silent' })
    deploySecond(ecs)
    ecs.advance(1_000)
    const { serviceDeploymentArn } = current(ecs)
    ecs.call('UpdateService', { service: 'web', forceNewDeployment: true })
    expect(
      ecs.call('DescribeServiceDeployments', { serviceDeploymentArns: [serviceDeploymentArn] }),
    ).toMatchObject({
      serviceDeployments: [
        { status: 'STOPPED', stoppedAt: expect.any(Number), statusReason: expect.stringContaining('newer') },
      ],
    })
    expect(current(ecs).status).toBe('PENDING')
  })

  it('is over at once for a service that wants no task', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService({ desiredCount: 0 }))
    ecs.advance(100)
    expect(current(ecs)).toMatchObject({
      status: 'SUCCESSFUL',
      targetServiceRevision: { requestedTaskCount: 0 },
    })
  })
})

describe('a service deployment that fails', () => {
  const failSecond = (ecs: TestEcs) => {
    ecs.runtime.fate = ({ revision: started }) =>
      started === 2 ? { kind: 'fail', reason: 'CannotStartContainerError: no' } : { kind: 'run' }
    deploySecond(ecs)
  }

  it('counts its failures while its circuit breaker watches', () => {
    const ecs = steady(breaker)
    failSecond(ecs)
    ecs.advance(500)
    const watched = current(ecs)
    expect(watched).toMatchObject({
      status: 'IN_PROGRESS',
      deploymentCircuitBreaker: { status: 'MONITORING' },
    })
    expect(watched.deploymentCircuitBreaker?.failureCount).toBeGreaterThan(0)
  })

  it('is rolled back to the revision before by its circuit breaker', () => {
    const ecs = steady({ deploymentConfiguration: { ...breaker.deploymentConfiguration, ...goFirst } })
    const before = ecs.service('web').currentServiceRevisions?.[0]?.arn
    failSecond(ecs)
    const seen = new Set<string | undefined>()
    for (let step = 0; step < 400; step += 1) {
      ecs.advance(100)
      seen.add(current(ecs).status)
    }
    expect([...seen]).toEqual(['IN_PROGRESS', 'ROLLBACK_IN_PROGRESS', 'ROLLBACK_SUCCESSFUL'])
    expect(current(ecs)).toMatchObject({
      statusReason: expect.stringContaining('circuit breaker'),
      rollback: { reason: expect.stringContaining('circuit breaker'), serviceRevisionArn: before },
      deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: 4, threshold: 3 },
      targetServiceRevision: { runningTaskCount: 0 },
      finishedAt: expect.any(Number),
    })
    expect(ecs.service('web')).toMatchObject({
      taskDefinition: expect.stringContaining('backend:1'),
      currentServiceRevisions: [{ arn: before, runningTaskCount: 2 }],
    })
  })

  it('is STOPPED when there is nothing to roll back to', () => {
    const ecs = makeReadyEcs()
    ecs.runtime.fate = () => ({ kind: 'fail', reason: 'CannotStartContainerError: no' })
    ecs.call('CreateService', { ...goodService(), ...breaker })
    ecs.advance(60_000)
    expect(current(ecs)).toMatchObject({
      status: 'STOPPED',
      stoppedAt: expect.any(Number),
      statusReason: expect.stringContaining('circuit breaker'),
      deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: 4 },
    })
    expect(current(ecs).rollback).toBeUndefined()
  })

  it('ends in ROLLBACK_FAILED when what it returns to does not run any more either', () => {
    const ecs = steady(breaker)
    ecs.runtime.fate = () => ({ kind: 'fail', reason: 'CannotStartContainerError: no' })
    deploySecond(ecs)
    // Those that still hold the service up go too, so that the rollback has something to start.
    for (const { id } of ecs.tasks('web')) ecs.runtime.kill(id)
    ecs.advance(600_000)
    expect(current(ecs)).toMatchObject({
      status: 'ROLLBACK_FAILED',
      rollback: { reason: expect.stringContaining('circuit breaker') },
      deploymentCircuitBreaker: { status: 'TRIGGERED' },
    })
  })
})

describe('stopping a service deployment', () => {
  const stop = (ecs: TestEcs, stopType?: string) => {
    const serviceDeploymentArn = ecs.service('web').currentServiceDeployment
    return ecs.call('StopServiceDeployment', { serviceDeploymentArn, ...(stopType && { stopType }) })
  }
  const stuck = () => {
    const ecs = steady({ deploymentConfiguration: goFirst })
    ecs.runtime.fate = ({ revision: started }) => ({ kind: started === 2 ? 'silent' : 'run' })
    deploySecond(ecs)
    ecs.advance(500)
    return ecs
  }

  it('rolls back to the revision before, without any circuit breaker', () => {
    const ecs = stuck()
    const { serviceDeploymentArn } = current(ecs)
    expect(stop(ecs)).toEqual({ serviceDeploymentArn })
    expect(current(ecs).status).toBe('ROLLBACK_REQUESTED')
    ecs.advance(10)
    expect(current(ecs).status).toBe('ROLLBACK_IN_PROGRESS')
    // Again changes nothing: it goes on.
    expect(stop(ecs)).toEqual({ serviceDeploymentArn })
    ecs.runtime.fate = () => ({ kind: 'run' })
    for (const [id, spec] of ecs.runtime.specs) if (spec.revision === 2) ecs.runtime.kill(id)
    ecs.advance(60_000)
    expect(current(ecs)).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      rollback: { reason: expect.stringContaining('StopServiceDeployment') },
      deploymentCircuitBreaker: { status: 'DISABLED' },
    })
    expect(ecs.service('web').taskDefinition).toContain('backend:1')
    expect(ecs.events('web').join()).toContain('rolling back to deployment ecs-svc/')
  })

  it('leaves everything where it is when it is aborted', () => {
    const ecs = stuck()
    stop(ecs, 'ABORT')
    expect(current(ecs).status).toBe('STOP_REQUESTED')
    ecs.advance(60_000)
    expect(current(ecs)).toMatchObject({ status: 'STOPPED', stoppedAt: expect.any(Number) })
    const [primary] = ecs.service('web').deployments ?? []
    expect(primary).toMatchObject({ rolloutState: 'FAILED' })
    expect(ecs.service('web').taskDefinition).toContain('backend:2')
  })

  it('is refused when it has ended, and the error names it', () => {
    const ecs = steady()
    expect(() => stop(ecs)).toThrow('SUCCESSFUL')
    const serviceDeploymentArn = ecs.service('web').currentServiceDeployment
    expect(ecs.refusal('StopServiceDeployment', { serviceDeploymentArn }).code).toBe('ConflictException')
  })

  it('is refused when nothing has completed before', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService())
    const serviceDeploymentArn = ecs.service('web').currentServiceDeployment
    expect(ecs.refusal('StopServiceDeployment', { serviceDeploymentArn }).code).toBe('ConflictException')
  })

  it.each([
    [
      'arn:aws:ecs:us-east-1:111122223333:service-deployment/default/web/none',
      'ServiceDeploymentNotFoundException',
    ],
    ['web', 'InvalidParameterException'],
    ['arn:aws:ecs:us-east-1:111122223333:service/default/web', 'InvalidParameterException'],
    ['arn:aws:ecs:us-east-1:111122223333:service-deployment/default//x', 'InvalidParameterException'],
    ['', 'InvalidParameterException'],
  ])('of %j is %s', (serviceDeploymentArn, code) => {
    expect(steady().refusal('StopServiceDeployment', { serviceDeploymentArn }).code).toBe(code)
  })
})

describe('a service revision', () => {
  it('is a snapshot that a later change does not touch', () => {
    const ecs = steady({ serviceRegistries: [] })
    const arn = ecs.service('web').currentServiceRevisions?.[0]?.arn
    const before = revision(ecs, arn)
    expect(before).toMatchObject({
      serviceRevisionArn: arn,
      serviceArn: ecs.service('web').serviceArn,
      taskDefinition: expect.stringContaining('backend:1'),
      launchType: 'FARGATE',
      platformVersion: '1.4.0',
      platformFamily: 'Linux',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-default'] } },
      containerImages: [{ containerName: 'app', image: 'backend-api' }],
      guardDutyEnabled: false,
    })
    deploySecond(ecs)
    ecs.advance(10_000)
    expect(revision(ecs, arn)).toEqual(before)
    const [next] = ecs.service('web').currentServiceRevisions ?? []
    expect(revision(ecs, next?.arn)?.taskDefinition).toContain('backend:2')
  })
})

describe('asking for service deployments', () => {
  it('lists them newest first, filtered and paged', () => {
    const ecs = steady()
    for (let index = 0; index < 4; index += 1) {
      ecs.call('UpdateService', { service: 'web', forceNewDeployment: true })
      if (index % 2 === 0) ecs.advance(10_000)
    }
    const all = listed(ecs).serviceDeployments
    expect(all).toHaveLength(5)
    expect(all[0]?.serviceDeploymentArn).toBe(ecs.service('web').currentServiceDeployment)
    expect(all[0]).toMatchObject({ status: 'PENDING', targetServiceRevisionArn: expect.any(String) })
    const created = all.map(({ createdAt }) => createdAt ?? 0)
    expect(created).toEqual([...created].sort((a, b) => b - a))

    const seen: (string | undefined)[] = []
    let nextToken: string | undefined
    do {
      const page = listed(ecs, { maxResults: 2, nextToken })
      seen.push(...page.serviceDeployments.map(({ serviceDeploymentArn }) => serviceDeploymentArn))
      nextToken = page.nextToken
    } while (nextToken)
    expect(seen).toEqual(all.map(({ serviceDeploymentArn }) => serviceDeploymentArn))

    const done = listed(ecs, { status: ['SUCCESSFUL'] }).serviceDeployments
    expect(done.length).toBeGreaterThan(0)
    expect(new Set(done.map(({ status }) => status))).toEqual(new Set(['SUCCESSFUL']))
    expect(listed(ecs, { createdAt: { after: created[0] } }).serviceDeployments.length).toBeLessThan(5)
    expect(listed(ecs, { createdAt: { before: 1 } }).serviceDeployments).toEqual([])
  })

  it('tells those that are missing apart from those that are there', () => {
    const ecs = steady()
    const arn = ecs.service('web').currentServiceDeployment ?? ''
    expect(ecs.call('DescribeServiceDeployments', { serviceDeploymentArns: [`${arn}x`, arn] })).toMatchObject(
      {
        serviceDeployments: [{ serviceDeploymentArn: arn }],
        failures: [{ arn: `${arn}x`, reason: 'MISSING' }],
      },
    )
    const missing = 'arn:aws:ecs:us-east-1:111122223333:service-revision/default/web/1'
    expect(ecs.call('DescribeServiceRevisions', { serviceRevisionArns: [missing] })).toEqual({
      serviceRevisions: [],
      failures: [{ arn: missing, reason: 'MISSING' }],
    })
  })

  it.each([
    ['DescribeServiceDeployments', { serviceDeploymentArns: [] }, 'InvalidParameterException'],
    [
      'DescribeServiceDeployments',
      { serviceDeploymentArns: Array(21).fill('x') },
      'InvalidParameterException',
    ],
    ['DescribeServiceDeployments', { serviceDeploymentArns: ['web'] }, 'InvalidParameterException'],
    ['DescribeServiceRevisions', { serviceRevisionArns: [] }, 'InvalidParameterException'],
    ['DescribeServiceRevisions', { serviceRevisionArns: ['web'] }, 'InvalidParameterException'],
    ['ListServiceDeployments', { service: 'none' }, 'ServiceNotFoundException'],
    ['ListServiceDeployments', { service: 'web', cluster: 'none' }, 'ClusterNotFoundException'],
    ['ListServiceDeployments', { service: 'web', maxResults: 101 }, 'InvalidParameterException'],
    ['ListServiceDeployments', { service: 'web', nextToken: 'x' }, 'InvalidParameterException'],
  ])('%s with %j is %s', (operation, input, code) => {
    expect(steady().refusal(operation, input).code).toBe(code)
  })

  it('finds nothing of a service that was deleted', () => {
    const ecs = steady()
    deploySecond(ecs)
    ecs.call('DeleteService', { service: 'web', force: true })
    ecs.advance(60_000)
    expect(ecs.serviceRecord('web').status).toBe('INACTIVE')
    expect(ecs.state.ecs.serviceDeployments.size).toBe(0)
    expect(ecs.state.ecs.serviceRevisions.size).toBe(0)
  })

  it('keeps the newest fifty, and the revision of what runs', () => {
    const ecs = steady()
    ecs.runtime.fate = () => ({ kind: 'silent' })
    const running = ecs.serviceRecord('web').lastCompleted?.revisionArn ?? ''
    for (let index = 0; index < 60; index += 1)
      ecs.call('UpdateService', { service: 'web', forceNewDeployment: true })
    expect(ecs.state.ecs.serviceDeployments.size).toBe(50)
    expect(revision(ecs, running)).toBeDefined()
  })
})
