import { beforeEach, describe, expect, it } from 'vitest'
import { createHttpNamespace, createPrivateDnsNamespace } from '@/lib/emulator/cloud-map/create-namespace'
import { registerInstance } from '@/lib/emulator/cloud-map/instances'
import { getOperation, listOperations } from '@/lib/emulator/cloud-map/read-namespaces'
import { submitOperation } from '@/lib/emulator/cloud-map/submit-operation'
import { codeOf, errorOf } from '../../../support/api-errors'
import { makeNamespace, makeService, operationOf, settle } from '../../../support/cloud-map'
import { makeTestContext, type TestContext } from '../../../support/test-context'

let context: TestContext
beforeEach(() => {
  context = makeTestContext({ operationDelayMs: 300 })
})
const statusOf = (OperationId: string) => getOperation(context, { OperationId }).Operation?.Status

describe('an asynchronous operation', () => {
  it('goes from SUBMITTED over PENDING to SUCCESS in the time that was set', () => {
    const { OperationId } = createHttpNamespace(context, { Name: 'a' })
    expect(OperationId).toMatch(/^[a-z0-9]{32}-[a-z0-9]{8}$/)
    expect(statusOf(OperationId)).toBe('SUBMITTED')
    context.clock.advance(100)
    expect(statusOf(OperationId)).toBe('PENDING')
    context.clock.advance(199)
    expect(statusOf(OperationId)).toBe('PENDING')
    context.clock.advance(1)
    expect(statusOf(OperationId)).toBe('SUCCESS')
  })

  it('tells type, owner, times and targets', () => {
    const start = context.clock.now()
    const { OperationId } = createHttpNamespace(context, { Name: 'a' })
    settle(context)
    expect(getOperation(context, { OperationId }).Operation).toEqual({
      Id: OperationId,
      OwnerAccount: '111122223333',
      Type: 'CREATE_NAMESPACE',
      Status: 'SUCCESS',
      ErrorCode: undefined,
      ErrorMessage: undefined,
      CreateDate: start / 1000,
      UpdateDate: (start + 300) / 1000,
      Targets: { NAMESPACE: expect.stringMatching(/^ns-/) },
    })
  })

  it('can take no time at all', () => {
    context = makeTestContext({ operationDelayMs: 0 })
    const { OperationId } = createHttpNamespace(context, { Name: 'a' })
    context.clock.advance(0)
    expect(statusOf(OperationId)).toBe('SUCCESS')
  })

  it('fails as INTERNAL_FAILURE when its change breaks, and frees its target', () => {
    // Its lock keeps what it changes from going away; without it that is a fault of ours.
    const broken = {
      action: 'DeleteNamespace',
      targets: {},
      lock: 'NAMESPACE x',
      change: { type: 'DELETE_NAMESPACE' as const, namespaceId: 'ns-broken' },
    }
    const { OperationId } = submitOperation(context, broken)
    settle(context)
    expect(getOperation(context, { OperationId }).Operation).toMatchObject({
      Status: 'FAIL',
      ErrorCode: 'INTERNAL_FAILURE',
    })
    expect(context.lines.join()).toContain('broken')
    expect(codeOf(() => submitOperation(context, broken))).toBeUndefined()
  })

  it('is not there for an unknown id or for another owner', () => {
    const { OperationId } = createHttpNamespace(context, { Name: 'a' })
    expect(codeOf(() => getOperation(context, { OperationId: 'nope' }))).toBe('OperationNotFound')
    expect(codeOf(() => getOperation(context, { OperationId, OwnerAccount: '999999999999' }))).toBe(
      'OperationNotFound',
    )
    expect(codeOf(() => getOperation(context, { OperationId, OwnerAccount: '111122223333' }))).toBeUndefined()
  })
})

describe('a request that comes twice', () => {
  it('is refused with the running operation while that works on the same thing', () => {
    const { OperationId } = createHttpNamespace(context, { Name: 'a', CreatorRequestId: '1' })
    const error = errorOf(() => createHttpNamespace(context, { Name: 'a', CreatorRequestId: '2' }))
    expect(error).toMatchObject({ code: 'DuplicateRequest', members: { DuplicateOperationId: OperationId } })
    expect(error.message).toBe(
      `Another operation of type CREATE_NAMESPACE and id ${OperationId} is in progress`,
    )
    expect(context.state.cloudMap.operations.size).toBe(1)
  })

  it('is refused for the same CreatorRequestId, also after the first has ended', () => {
    const { OperationId } = createHttpNamespace(context, { Name: 'a', CreatorRequestId: '1' })
    settle(context)
    const error = errorOf(() => createHttpNamespace(context, { Name: 'b', CreatorRequestId: '1' }))
    expect(error.code).toBe('DuplicateRequest')
    expect(error.message).toBe(
      `Another operation of type CREATE_NAMESPACE and id ${OperationId} has completed`,
    )
  })

  it('may be tried again with the same CreatorRequestId when the first has failed', () => {
    makeNamespace(context, 'a.local')
    createPrivateDnsNamespace(context, { Name: 'x.a.local', Vpc: 'vpc-1', CreatorRequestId: '1' })
    settle(context)
    const again = createPrivateDnsNamespace(context, {
      Name: 'x.a.local',
      Vpc: 'vpc-2',
      CreatorRequestId: '1',
    })
    settle(context)
    expect(operationOf(context, again).status).toBe('SUCCESS')
  })

  it('is no repetition when the CreatorRequestId is used for another service', () => {
    const namespace = makeNamespace(context)
    const [one, two] = ['one', 'two'].map((Name) =>
      makeService(context, namespace, { Name, DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 1 }] } }),
    )
    const register = (ServiceId: string | undefined, InstanceId: string) =>
      registerInstance(context, {
        ServiceId,
        InstanceId,
        CreatorRequestId: 'same',
        Attributes: { AWS_INSTANCE_IPV4: '127.0.0.9' },
      })
    register(one?.id, 'i')
    expect(codeOf(() => register(two?.id, 'i'))).toBeUndefined()
    expect(codeOf(() => register(one?.id, 'other'))).toBe('DuplicateRequest')
  })
})

describe('listing operations', () => {
  it('gives ids and statuses, filtered by type, status, namespace, service and date', () => {
    const before = context.clock.now() / 1000
    const namespace = makeNamespace(context, 'a.local')
    const service = makeService(context, namespace)
    const registered = registerInstance(context, {
      ServiceId: service.id,
      InstanceId: 'i',
      Attributes: { AWS_INSTANCE_IPV4: '127.0.0.9' },
    })
    const list = (...Filters: { Name: string; Values: string[]; Condition?: string }[]) =>
      listOperations(context, { Filters } as never).Operations?.map(({ Id }) => Id)

    expect(listOperations(context, {}).Operations).toHaveLength(2)
    expect(list({ Name: 'TYPE', Values: ['REGISTER_INSTANCE'] })).toEqual([registered.OperationId])
    expect(
      list({ Name: 'TYPE', Values: ['REGISTER_INSTANCE', 'CREATE_NAMESPACE'], Condition: 'IN' }),
    ).toHaveLength(2)
    expect(list({ Name: 'STATUS', Values: ['SUBMITTED'] })).toEqual([registered.OperationId])
    expect(list({ Name: 'STATUS', Values: ['SUCCEED'] })).toHaveLength(1)
    expect(list({ Name: 'STATUS', Values: ['SUCCESS', 'SUBMITTED'], Condition: 'IN' })).toHaveLength(2)
    expect(list({ Name: 'SERVICE_ID', Values: [service.id] })).toEqual([registered.OperationId])
    expect(list({ Name: 'NAMESPACE_ID', Values: [namespace.arn] })).toHaveLength(2)
    expect(list({ Name: 'NAMESPACE_ID', Values: ['ns-other'] })).toEqual([])
    const [from, to] = [String(before - 1), String(before + 3600)]
    expect(list({ Name: 'UPDATE_DATE', Values: [from, to], Condition: 'BETWEEN' })).toHaveLength(2)
    expect(list({ Name: 'UPDATE_DATE', Values: ['1', '2'], Condition: 'BETWEEN' })).toEqual([])
    expect(
      list({ Name: 'TYPE', Values: ['REGISTER_INSTANCE'] }, { Name: 'STATUS', Values: ['SUCCESS'] }),
    ).toEqual([])
  })

  it.each([
    [{ Name: 'TYPE', Values: ['a'], Condition: 'BETWEEN' }],
    [{ Name: 'UPDATE_DATE', Values: ['1', '2'], Condition: 'EQ' }],
    [{ Name: 'UPDATE_DATE', Values: ['2', '1'] }],
    [{ Name: 'UPDATE_DATE', Values: ['yesterday', 'today'] }],
    [{ Name: 'UPDATE_DATE', Values: ['1'] }],
    [{ Name: 'STATUS', Values: ['SUCCESS', 'FAIL'] }],
    [{ Name: 'STATUS', Values: [] }],
    [{ Name: 'SERVICE_ID', Values: ['x'.repeat(256)] }],
    [{ Name: 'SERVICE_ID', Values: [''] }],
  ])('refuses the filter %j', (filter) => {
    expect(codeOf(() => listOperations(context, { Filters: [filter] } as never))).toBe('InvalidInput')
  })

  it('ends in FAIL with the code a fault says, changes nothing and may be tried again', () => {
    context.faults.add({
      id: 'f',
      operation: 'servicediscovery:CreateHttpNamespace',
      times: 1,
      skip: 0,
      kind: 'fail-operation',
      errorCode: 'ACCESS_DENIED',
      errorMessage: 'No.',
    })
    const asked = { Name: 'a', CreatorRequestId: 'same' }
    const { OperationId } = createHttpNamespace(context, asked)
    settle(context)
    expect(getOperation(context, { OperationId }).Operation).toMatchObject({
      Status: 'FAIL',
      ErrorCode: 'ACCESS_DENIED',
      ErrorMessage: 'No.',
    })
    expect(context.state.cloudMap.namespaces.size).toBe(0)

    const again = createHttpNamespace(context, asked)
    settle(context)
    expect(statusOf(again.OperationId)).toBe('SUCCESS')
  })

  it('stays PENDING while a fault holds it, and goes on when the fault is cleared', () => {
    context.faults.add({
      id: 'f',
      operation: 'servicediscovery:*',
      times: null,
      skip: 0,
      kind: 'hold-operation',
    })
    const { OperationId } = createHttpNamespace(context, { Name: 'a' })
    context.clock.advance(3_600_000)
    expect(statusOf(OperationId)).toBe('PENDING')
    expect(codeOf(() => createHttpNamespace(context, { Name: 'a' }))).toBe('DuplicateRequest')
    context.faults.clear()
    expect(statusOf(OperationId)).toBe('SUCCESS')
    expect(context.state.cloudMap.namespaces.size).toBe(1)
  })
})
