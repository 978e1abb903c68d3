import { beforeEach, describe, expect, it } from 'vitest'
import type { Operation } from '@/lib/emulator/context'
import { ApiError } from '@/lib/emulator/wire/api-error'
import { type ApiRequest, type Dispatch, makeDispatch } from '@/lib/emulator/wire/dispatch'
import type { JsonService } from '@/lib/emulator/wire/json-service'
import { queryServices } from '@/lib/emulator/wire/operations'
import * as cloudMapTable from '@/lib/emulator/wire/tables/cloud-map'
import { makeTestContext, type TestContext } from '../../../support/test-context'

const authorization = `AWS4-HMAC-SHA256 Credential=111122223333/20260101/eu-west-1/servicediscovery/aws4_request, SignedHeaders=host, Signature=${'a'.repeat(64)}`

let context: TestContext
let dispatch: Dispatch
let seen: unknown[]

const listNamespaces: Operation<object> = (given, input) => {
  seen.push(given.scope, input)
  return { Namespaces: [] }
}

const refuse = () => {
  throw new ApiError('NamespaceNotFound', 'Not there.', { Extra: 'x' })
}

const breakDown = () => {
  throw new TypeError('a fault of ours with secrets in it')
}

const service: JsonService = {
  name: 'Cloud Map',
  targetPrefix: 'Prefix',
  iamPrefix: 'servicediscovery',
  ...cloudMapTable,
  operations: {
    ListNamespaces: listNamespaces,
    GetNamespace: refuse,
    GetService: breakDown,
    DeleteService: () => undefined,
  },
  refusedOperations: { TagResource: 'Not for you.' },
  invalidInputCode: 'InvalidInput',
  messageMember: 'Message',
}

const ask = (target: string | undefined, body: unknown = {}, rest: Partial<ApiRequest> = {}) => {
  const answer = dispatch({
    target,
    authorization,
    contentType: 'application/x-amz-json-1.1',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    requestId: 'r-1',
    ...rest,
  })
  return { ...answer, json: () => JSON.parse(answer.body) }
}

beforeEach(() => {
  seen = []
  context = makeTestContext()
  dispatch = makeDispatch(context, [service], queryServices)
})

describe('a request finds its handler', () => {
  it('by X-Amz-Target, with the scope of its signature', () => {
    const answer = ask('Prefix.ListNamespaces', { MaxResults: 5 })
    expect(answer).toMatchObject({ status: 200, contentType: 'application/x-amz-json-1.1' })
    expect(answer.json()).toEqual({ Namespaces: [] })
    expect(seen).toEqual([{ accountId: '111122223333', region: 'eu-west-1' }, { MaxResults: 5 }])
  })

  it('and answers {} when there is no output', () => {
    expect(ask('Prefix.DeleteService', { Id: 'a' }).body).toBe('{}')
  })

  it.each([
    ['Prefix.GetInstance', 'AWS that the local cloud does not have'],
    ['Prefix.Nonsense', 'no operation'],
    ['Prefix.constructor', 'no operation'],
    ['Prefix.__proto__', 'no operation'],
    ['GraniteServiceVersion20100801.GetMetricData', 'not this service'],
    ['', 'not this service'],
    ['Prefix', 'not this service'],
  ])('or is told that %s is unknown, and the log names it once', (target, told) => {
    const answer = ask(target)
    ask(target)
    expect(answer.status).toBe(400)
    expect(answer.json().__type).toBe('UnknownOperationException')
    expect(context.lines.filter((line) => line.includes(told))).toHaveLength(1)
  })

  it('or is refused by name, with what it is for', () => {
    const answer = ask('Prefix.TagResource')
    expect(answer.status).toBe(400)
    expect(answer.json()).toEqual({ __type: 'AccessDeniedException', Message: 'Not for you.' })
  })

  it('or is told that it names none', () => {
    expect(ask(undefined).json().__type).toBe('UnknownOperationException')
  })
})

describe('a request that fails', () => {
  it('gets the AWS code, the message as its service spells it, and the modelled members', () => {
    const answer = ask('Prefix.GetNamespace', { Id: 'a' })
    expect(answer.status).toBe(400)
    expect(answer.json()).toEqual({ __type: 'NamespaceNotFound', Message: 'Not there.', Extra: 'x' })
  })

  it('through our own fault gets 500 ServerException without our insides; the log has them', () => {
    const answer = ask('Prefix.GetService', { Id: 'a' })
    expect(answer.status).toBe(500)
    expect(answer.json().__type).toBe('ServerException')
    expect(answer.body).not.toContain('secrets')
    expect(context.lines.join('\n')).toContain('a fault of ours')
  })

  it('is refused before its handler when the body is wrong', () => {
    expect(ask('Prefix.ListNamespaces', 'nonsense').json().__type).toBe('SerializationException')
    expect(ask('Prefix.ListNamespaces', { MaxResults: 'a' }).json().__type).toBe('SerializationException')
    expect(ask('Prefix.DeleteService').json().__type).toBe('InvalidInput')
    expect(seen).toEqual([])
  })

  it('is refused without a signature', () => {
    const json = ask('Prefix.ListNamespaces', {}, { authorization: undefined }).json()
    expect(json.__type).toBe('MissingAuthenticationTokenException')
    expect(seen).toEqual([])
  })

  it('logs an unknown member once', () => {
    ask('Prefix.ListNamespaces', { Colour: 'red' })
    ask('Prefix.ListNamespaces', { Colour: 'blue' })
    expect(context.lines).toEqual(['info Cloud Map ListNamespaces: member Colour is not in the API; ignored'])
  })
})

describe('the query protocol', () => {
  const form = { contentType: 'application/x-www-form-urlencoded; charset=utf-8' }

  it('answers STS in XML', () => {
    const answer = ask(undefined, 'Action=GetCallerIdentity&Version=2011-06-15', form)
    expect(answer).toMatchObject({ status: 200, contentType: 'text/xml;charset=UTF-8' })
    expect(answer.body).toContain(
      '<GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:root</Arn><UserId>111122223333</UserId><Account>111122223333</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata>',
    )
  })

  it('answers errors in the envelope of its dialect', () => {
    expect(ask(undefined, 'Action=Nope&Version=2011-06-15', form).body).toContain(
      '<ErrorResponse><Error><Type>Sender</Type><Code>InvalidAction</Code>',
    )
    expect(ask(undefined, 'Action=RunInstances&Version=2016-11-15', form).body).toContain(
      '<Response><Errors><Error><Code>InvalidAction</Code>',
    )
    expect(ask(undefined, 'Action=GetCallerIdentity&Version=1999-01-01', form).body).toContain(
      'InvalidAction',
    )
    expect(ask(undefined, 'Action=__proto__&Version=2011-06-15', form).body).toContain('InvalidAction')
  })

  it('needs a signature too', () => {
    const answer = ask(undefined, 'Action=GetCallerIdentity&Version=2011-06-15', {
      ...form,
      authorization: undefined,
    })
    expect(answer.status).toBe(400)
    expect(answer.body).toContain('<Code>MissingAuthenticationTokenException</Code>')
  })
})
