import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as cloudMapTable from '@/lib/emulator/wire/tables/cloud-map'
import * as ecsTable from '@/lib/emulator/wire/tables/ecs'
import { compileValidator } from '@/lib/emulator/wire/validator'
import { errorOf } from '../../../support/api-errors'

const unknownMembers: string[] = []
const ecs = (operation: keyof typeof ecsTable.schemas) =>
  compileValidator(ecsTable.schemas[operation], ecsTable.enums, 'InvalidParameterException', (path) =>
    unknownMembers.push(path),
  )
const cloudMap = (operation: keyof typeof cloudMapTable.schemas) =>
  compileValidator(cloudMapTable.schemas[operation], cloudMapTable.enums, 'InvalidInput')

describe('a request is checked against the SDK schema of its operation', () => {
  it('passes a good request through unchanged', () => {
    const body = {
      family: 'web',
      containerDefinitions: [
        {
          name: 'app',
          image: 'nginx',
          environment: [{ name: 'A', value: 'b' }],
          portMappings: [{ containerPort: 80 }],
        },
      ],
      requiresCompatibilities: ['FARGATE'],
    }
    expect(ecs('RegisterTaskDefinition')(body)).toEqual(body)
  })

  it('names a missing required member', () => {
    const error = errorOf(() => cloudMap('CreateHttpNamespace')({}))
    expect(error.code).toBe('InvalidInput')
    expect(error.message).toBe(
      "1 validation error detected: Value null at 'Name' failed to satisfy constraint: Member must not be null",
    )
  })

  it('takes null for missing, and drops it where it is optional', () => {
    expect(errorOf(() => cloudMap('CreateHttpNamespace')({ Name: null })).message).toContain("'Name'")
    expect(cloudMap('CreateHttpNamespace')({ Name: 'a', Description: null })).toEqual({ Name: 'a' })
    expect(cloudMap('GetInstancesHealthStatus')({ ServiceId: 's', Instances: [null, 'a'] })).toEqual({
      ServiceId: 's',
      Instances: ['a'],
    })
  })

  it('drops null inside a map, and refuses a wrong type there', () => {
    const register = cloudMap('RegisterInstance')
    const body = { ServiceId: 's', InstanceId: 'i', Attributes: { a: 'x', b: null } }
    expect(JSON.stringify(register(body))).toBe('{"ServiceId":"s","InstanceId":"i","Attributes":{"a":"x"}}')
    const wrong = { ...body, Attributes: { a: 5 } }
    expect(errorOf(() => register(wrong)).message).toBe(
      "NUMBER_VALUE can not be converted to a String at 'Attributes.a'",
    )
  })

  it('names a missing member inside a list by its place', () => {
    const error = errorOf(() =>
      cloudMap('TagResource')({ ResourceARN: 'arn', Tags: [{ Key: 'a', Value: 'b' }, { Key: 'c' }] }),
    )
    expect(error.message).toContain("'Tags.2.member.Value'")
  })

  it('names every problem at once', () => {
    const error = errorOf(() => cloudMap('RegisterInstance')({ ServiceId: 's' }))
    expect(error.message).toMatch(/^2 validation errors detected: .*'InstanceId'.*; .*'Attributes'/)
  })

  it('names the values that a member may have', () => {
    const error = errorOf(() => ecs('CreateService')({ serviceName: 'a', launchType: 'MOON' }))
    expect(error.code).toBe('InvalidParameterException')
    expect(error.message).toContain(
      "Value 'MOON' at 'launchType' failed to satisfy constraint: Member must satisfy enum value set: [",
    )
    expect(error.message).toContain('FARGATE')
  })

  it('checks the values inside lists of enums', () => {
    const body = { family: 'a', containerDefinitions: [], requiresCompatibilities: ['EC2', 'MOON'] }
    expect(errorOf(() => ecs('RegisterTaskDefinition')(body)).message).toContain(
      "'MOON' at 'requiresCompatibilities.2.member'",
    )
  })

  it.each([
    [{ cluster: 5 }, "NUMBER_VALUE can not be converted to a String at 'cluster'"],
    [{ services: 'a' }, "STRING_VALUE can not be converted to a List at 'services'"],
    [{ services: [['a']] }, "LIST_VALUE can not be converted to a String at 'services.1.member'"],
    [{ services: {} }, "STRUCTURE_VALUE can not be converted to a List at 'services'"],
  ])('tells a wrong JSON type and where it is: %j', (body, message) => {
    const error = errorOf(() => ecs('DescribeServices')(body))
    expect(error).toMatchObject({ code: 'SerializationException', message })
  })

  it.each([
    [{ desiredCount: '3' }, 'desiredCount'],
    [{ desiredCount: true }, 'desiredCount'],
    [{ networkConfiguration: 'x' }, 'networkConfiguration'],
    [{ networkConfiguration: { awsvpcConfiguration: [] } }, 'networkConfiguration.awsvpcConfiguration'],
    [{ enableExecuteCommand: 'yes' }, 'enableExecuteCommand'],
  ])('tells a wrong JSON type inside CreateService: %j', (body, member) => {
    const error = errorOf(() => ecs('CreateService')({ serviceName: 'a', ...body }))
    expect(error.code).toBe('SerializationException')
    expect(error.message).toContain(`'${member}'`)
  })

  it('refuses a number that JSON can hold and no machine can', () => {
    expect(
      errorOf(() => ecs('CreateService')({ serviceName: 'a', desiredCount: JSON.parse('1e999') })).code,
    ).toBe('SerializationException')
  })

  it('ignores unknown members and tells their path', () => {
    unknownMembers.length = 0
    const checked = ecs('RegisterTaskDefinition')({
      family: 'a',
      nonsense: 1,
      containerDefinitions: [{ name: 'a', image: 'b', alsoNonsense: {} }],
    })
    expect(checked).toEqual({ family: 'a', containerDefinitions: [{ name: 'a', image: 'b' }] })
    expect(unknownMembers).toEqual(['nonsense', 'containerDefinitions.1.member.alsoNonsense'])
  })

  it('does no harm with __proto__, as a member or as a key of a map', () => {
    const checked = ecs('CreateCluster')(JSON.parse('{"clusterName":"a","__proto__":{"polluted":1}}'))
    expect(checked).toEqual({ clusterName: 'a' })
    const instance = cloudMap('RegisterInstance')(
      JSON.parse('{"ServiceId":"s","InstanceId":"i","Attributes":{"__proto__":"x","constructor":"y"}}'),
    )
    expect(JSON.stringify(instance)).toContain('"__proto__":"x"')
    expect({}).not.toHaveProperty('polluted')
  })

  it('never fails in any other way, whatever JSON comes', () => {
    const validators = Object.values(ecsTable.schemas)
      .slice(0, 40)
      .map((schema) => compileValidator(schema, ecsTable.enums, 'InvalidParameterException'))
    fc.assert(
      fc.property(fc.object({ maxDepth: 5 }), fc.nat(validators.length - 1), (body, index) => {
        try {
          validators[index]?.(JSON.parse(JSON.stringify(body)))
        } catch (error) {
          expect(error).toMatchObject({
            code: expect.stringMatching(/^(SerializationException|InvalidParameterException)$/),
          })
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
