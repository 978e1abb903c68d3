import { beforeEach, describe, expect, it } from 'vitest'
import {
  deleteNamespace,
  updateHttpNamespace,
  updatePrivateDnsNamespace,
  updatePublicDnsNamespace,
} from '@/lib/emulator/cloud-map/change-namespace'
import {
  createHttpNamespace,
  createPrivateDnsNamespace,
  createPublicDnsNamespace,
  maxNamespaces,
} from '@/lib/emulator/cloud-map/create-namespace'
import { getNamespace, listNamespaces } from '@/lib/emulator/cloud-map/read-namespaces'
import { createService } from '@/lib/emulator/cloud-map/services'
import { codeOf, errorOf } from '../../../support/api-errors'
import { makeNamespace, makeService, operationOf, settle } from '../../../support/cloud-map'
import { makeTestContext, type TestContext } from '../../../support/test-context'

let context: TestContext
beforeEach(() => {
  context = makeTestContext()
})
const names = () => listNamespaces(context, {}).Namespaces?.map(({ Name }) => Name)

describe('creating a namespace', () => {
  it('answers with an operation and makes the namespace when that ends', () => {
    const started = createPrivateDnsNamespace(context, { Name: 'production.local', Vpc: 'vpc-1' })
    expect(names()).toEqual([])
    settle(context)
    expect(names()).toEqual(['production.local'])
    const id = operationOf(context, started).targets.NAMESPACE ?? ''
    expect(id).toMatch(/^ns-[a-z0-9]{16}$/)
    expect(getNamespace(context, { Id: id }).Namespace).toMatchObject({
      Id: id,
      Arn: `arn:aws:servicediscovery:us-east-1:111122223333:namespace/${id}`,
      ResourceOwner: '111122223333',
      Name: 'production.local',
      Type: 'DNS_PRIVATE',
      ServiceCount: 0,
      Properties: {
        DnsProperties: { HostedZoneId: expect.stringMatching(/^Z[A-Z0-9]{20}$/), SOA: { TTL: 15 } },
        HttpProperties: { HttpName: 'production.local' },
      },
      CreateDate: (context.clock.now() - 1) / 1000,
    })
  })

  it('of type HTTP has no zone, and says so with an empty DnsProperties', () => {
    const { id } = makeNamespace(context, 'internal', 'HTTP')
    expect(getNamespace(context, { Id: id }).Namespace?.Properties).toEqual({
      DnsProperties: {},
      HttpProperties: { HttpName: 'internal' },
    })
  })

  it('keeps the SOA TTL, the description and the request id', () => {
    createPublicDnsNamespace(context, {
      Name: 'example.com',
      Description: 'Mine',
      CreatorRequestId: 'r1',
      Properties: { DnsProperties: { SOA: { TTL: 100 } } },
    })
    settle(context)
    const listed = listNamespaces(context, {}).Namespaces?.[0]
    expect(listed).toMatchObject({
      Description: 'Mine',
      Properties: { DnsProperties: { SOA: { TTL: 100 } } },
    })
    expect(listed).not.toHaveProperty('CreatorRequestId')
    expect(getNamespace(context, { Id: listed?.Id }).Namespace?.CreatorRequestId).toBe('r1')
  })

  it.each([
    ['HTTP', ''],
    ['HTTP', 'a'.repeat(1025)],
    ['HTTP', 'with space'],
    ['HTTP', 'arn:aws:thing'],
    ['HTTP', 'ümlaut'],
    ['DNS_PRIVATE', 'a'.repeat(254)],
    ['DNS_PRIVATE', 'a..b'],
    ['DNS_PRIVATE', '.local'],
    ['DNS_PRIVATE', `${'a'.repeat(64)}.local`],
    ['DNS_PRIVATE', 'a/b'],
    ['DNS_PUBLIC', 'nodot'],
    ['DNS_PUBLIC', 'under_score.com'],
  ] as const)('of type %s refuses the name %j', (type, name) => {
    expect(codeOf(() => makeNamespace(context, name, type))).toBe('InvalidInput')
    expect(context.state.cloudMap.operations.size).toBe(0)
  })

  it.each([
    ['HTTP', 'a'.repeat(1024)],
    ['HTTP', 'Any-thing/printable!'],
    ['DNS_PRIVATE', 'local'],
    ['DNS_PRIVATE', 'a_b.local'],
    ['DNS_PUBLIC', 'example.com'],
  ] as const)('of type %s takes the name %j', (type, name) => {
    expect(makeNamespace(context, name, type).name).toBe(name)
  })

  it('refuses a description, a request id, a TTL or a VPC out of bounds, naming the member', () => {
    const told = (action: () => unknown) => errorOf(action).message
    expect(told(() => createHttpNamespace(context, { Name: 'a', Description: 'x'.repeat(1025) }))).toContain(
      'Description',
    )
    expect(
      told(() => createHttpNamespace(context, { Name: 'a', CreatorRequestId: 'x'.repeat(65) })),
    ).toContain('CreatorRequestId')
    expect(told(() => createPrivateDnsNamespace(context, { Name: 'a', Vpc: 'x'.repeat(65) }))).toContain(
      'Vpc',
    )
    expect(
      told(() =>
        createPublicDnsNamespace(context, {
          Name: 'a.b',
          Properties: { DnsProperties: { SOA: { TTL: -1 } } },
        }),
      ),
    ).toContain('SOA.TTL')
  })

  it('refuses a second one of the same name and type and tells the first', () => {
    const first = makeNamespace(context, 'a.local')
    const error = errorOf(() => createPrivateDnsNamespace(context, { Name: 'a.local', Vpc: 'vpc-2' }))
    expect(error).toMatchObject({ code: 'NamespaceAlreadyExists', members: { NamespaceId: first.id } })
  })

  it('gives a second one of the same name but another type an HttpName of its own', () => {
    makeNamespace(context, 'a.local')
    const second = makeNamespace(context, 'a.local', 'HTTP')
    expect(second.httpName).toMatch(/^a\.local-[a-z0-9]{8}$/)
  })

  it('fails in the end, and makes nothing, when a zone of the same VPC overlaps', () => {
    makeNamespace(context, 'a.local')
    const started = createPrivateDnsNamespace(context, { Name: 'b.a.local', Vpc: 'vpc-1' })
    expect(operationOf(context, started).status).toBe('SUBMITTED')
    settle(context)
    const operation = operationOf(context, started)
    expect(operation).toMatchObject({ status: 'FAIL', errorCode: 'CANNOT_CREATE_HOSTED_ZONE' })
    expect(operation.errorMessage).toBe(
      'The VPC that you chose, vpc-1 in region us-east-1, is already associated with another private hosted zone that has an overlapping name space, a.local.',
    )
    expect(names()).toEqual(['a.local'])
  })

  it('does not mind the same zone in another VPC, or a name that only looks alike', () => {
    makeNamespace(context, 'a.local')
    createPrivateDnsNamespace(context, { Name: 'b.a.local', Vpc: 'vpc-2' })
    createPrivateDnsNamespace(context, { Name: 'ba.local', Vpc: 'vpc-1' })
    settle(context)
    expect(names()).toHaveLength(3)
  })

  it('settles two overlapping ones that run at once by letting one fail', () => {
    const first = createPrivateDnsNamespace(context, { Name: 'x.local', Vpc: 'vpc-1' })
    const second = createPrivateDnsNamespace(context, { Name: 'X.local', Vpc: 'vpc-1' })
    settle(context)
    expect([first, second].map((one) => operationOf(context, one).status)).toEqual(['SUCCESS', 'FAIL'])
  })

  it(`stops at ${maxNamespaces}, counting those that are being made`, () => {
    for (let index = 0; index < maxNamespaces; index += 1) createHttpNamespace(context, { Name: `n${index}` })
    expect(codeOf(() => createHttpNamespace(context, { Name: 'more' }))).toBe('ResourceLimitExceeded')
    settle(context)
    expect(codeOf(() => createHttpNamespace(context, { Name: 'more' }))).toBe('ResourceLimitExceeded')
  })
})

describe('updating a namespace', () => {
  it('changes description and SOA TTL when the operation ends', () => {
    const { id } = makeNamespace(context)
    const started = updatePrivateDnsNamespace(context, {
      Id: id,
      Namespace: { Description: 'new', Properties: { DnsProperties: { SOA: { TTL: 7 } } } },
    })
    expect(operationOf(context, started)).toMatchObject({
      type: 'UPDATE_NAMESPACE',
      targets: { NAMESPACE: id },
    })
    expect(getNamespace(context, { Id: id }).Namespace?.Description).toBeUndefined()
    settle(context)
    expect(getNamespace(context, { Id: id }).Namespace).toMatchObject({
      Description: 'new',
      Properties: { DnsProperties: { SOA: { TTL: 7 } } },
    })
  })

  it('takes an ARN for the id', () => {
    const { arn, id } = makeNamespace(context, 'example.com', 'DNS_PUBLIC')
    updatePublicDnsNamespace(context, { Id: arn, Namespace: { Description: 'by ARN' } })
    settle(context)
    expect(getNamespace(context, { Id: arn }).Namespace).toMatchObject({ Id: id, Description: 'by ARN' })
  })

  it('refuses the operation of another type, an unknown id, and the ARN of another account', () => {
    const { id, arn } = makeNamespace(context)
    const change = { Namespace: { Description: 'x' } }
    expect(codeOf(() => updateHttpNamespace(context, { Id: id, ...change }))).toBe('InvalidInput')
    expect(codeOf(() => updateHttpNamespace(context, { Id: 'ns-nope', ...change }))).toBe('NamespaceNotFound')
    expect(codeOf(() => getNamespace(context, { Id: arn.replace('111122223333', '999999999999') }))).toBe(
      'NamespaceNotFound',
    )
  })

  it('is refused while another change of it runs', () => {
    const { id } = makeNamespace(context)
    const started = updatePrivateDnsNamespace(context, { Id: id, Namespace: { Description: 'one' } })
    const error = errorOf(() => deleteNamespace(context, { Id: id }))
    expect(error).toMatchObject({
      code: 'DuplicateRequest',
      members: { DuplicateOperationId: started.OperationId },
    })
    settle(context)
    expect(codeOf(() => deleteNamespace(context, { Id: id }))).toBeUndefined()
  })
})

describe('deleting a namespace', () => {
  it('is refused at once while it has services', () => {
    const namespace = makeNamespace(context)
    makeService(context, namespace)
    const error = errorOf(() => deleteNamespace(context, { Id: namespace.id }))
    expect(error.code).toBe('ResourceInUse')
    expect(error.message).toBe(
      'Namespace has associated services; delete the services before deleting the namespace',
    )
  })

  it('takes effect when the operation ends, and nothing can be put into it meanwhile', () => {
    const { id } = makeNamespace(context)
    deleteNamespace(context, { Id: id })
    expect(names()).toEqual(['production.local'])
    expect(codeOf(() => createService(context, { Name: 'late', NamespaceId: id }))).toBe('NamespaceNotFound')
    settle(context)
    expect(names()).toEqual([])
    expect(codeOf(() => getNamespace(context, { Id: id }))).toBe('NamespaceNotFound')
  })

  it('frees its name', () => {
    deleteNamespace(context, { Id: makeNamespace(context).id })
    settle(context)
    expect(makeNamespace(context).name).toBe('production.local')
  })
})
