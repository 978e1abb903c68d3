import { describe, expect, it } from 'vitest'
import { adviceFor, explain, operationAdvice } from '@/lib/plan/advice'

describe('what an error of AWS usually means', () => {
  it.each([
    ['InvalidParameterException', 'Unable to assume the service linked role.', 'has never used ECS'],
    ['InvalidParameterException', 'Creation of service was not idempotent.', 'with other settings'],
    ['InvalidParameterException', 'Unable to Start a service that is still Draining.', 'still being stopped'],
    ['ClientException', 'ECS was unable to assume the role', 'may not take on a role'],
    ['InvalidParameterException', 'Role is not valid', 'may not take on a role'],
    ['ClusterNotFoundException', 'Cluster not found.', 'cluster is not in this account'],
    ['ServiceNotFoundException', '', 'service was deleted'],
    ['ServiceNotActiveException', '', 'service was deleted'],
    ['NamespaceAlreadyExists', '', 'namespace of this name'],
    ['ServiceAlreadyExists', '', 'discovery service of this name'],
    ['NamespaceNotFound', '', 'namespace is not in this account'],
    ['ServiceNotFound', '', 'discovery service was deleted'],
    ['ResourceInUse', 'Service contains registered instances', 'Instances are still registered'],
    ['ResourceInUse', 'Namespace has associated services', 'still holds discovery services'],
    ['DuplicateRequest', '', 'Another operation'],
    ['ResourceLimitExceeded', '', 'quota'],
    ['LimitExceededException', '', 'quota'],
    ['ClusterContainsServicesException', '', 'still has services'],
    ['ClusterContainsTasksException', '', 'still has services'],
    ['UpdateInProgressException', '', 'is being changed'],
    ['PlatformUnknownException', '', 'platform version'],
    ['UnsupportedFeatureException', '', 'not offered in this region'],
    ['ConflictException', '', 'knows this request by its token'],
    ['TaskNotStarted', 'RESOURCE:MEMORY', 'no room for the task'],
    ['TaskNotStarted', 'MISSING', 'started no task'],
    ['ClientException', 'Too many of something', 'does not take the settings'],
    ['InvalidInput', 'Name is too long', 'does not take the settings'],
    ['ServerException', '', 'fault of its own'],
  ])('%s “%s”: %s', (name, message, means) => {
    const advice = adviceFor(name, message)
    expect(advice?.means).toContain(means)
    expect(advice?.means).toMatch(/\.$/)
    expect(advice?.remedy).toMatch(/\.$/)
  })

  it.each(['SomethingNew', '', 'XServerException', 'ClusterNotFoundExceptionX'])(
    '%j: nothing is known',
    (name) => {
      expect(adviceFor(name, 'It went wrong.')).toBeNull()
    },
  )

  it.each(Object.entries(operationAdvice))(
    'an operation that ended in %s: in sentences',
    (_code, { means, remedy }) => {
      expect(means).toMatch(/^[A-Z].*\.$/)
      expect(remedy).toMatch(/^[A-Z].*\.$/)
    },
  )

  it.each([
    ['No.', 'It means no.', 'No. It means no.'],
    ['No', 'It means no.', 'No. It means no.'],
    ['No!', 'It means no.', 'No! It means no.'],
    ['Why?', 'It means no.', 'Why? It means no.'],
    ['  No  ', 'It means no.', 'No. It means no.'],
    ['', 'It means no.', 'It means no.'],
    [' \n', 'It means no.', 'It means no.'],
  ])('%j is explained', (message, means, wanted) => {
    expect(explain(message, means)).toBe(wanted)
  })
})
