import { errorResponse, route } from '@/lib/access/route'
import { dataHeaders } from '@/lib/access/security-headers'
import { taskDefinitionArn } from '@/lib/changes/fields/arn'
import { currentTarget } from '@/lib/target/current'
import { holeFromError } from '@/lib/target/hole'
import { readTaskDefinitionInput } from '@/lib/world/read-task-definition-input'

/** A revision as the input that registers it again. Reveals environment values, so only those who may change it see it. */
export const GET = route({ role: 'operator' }, async (request) => {
  const arn = taskDefinitionArn.safeParse(request.nextUrl.searchParams.get('arn') ?? '')
  if (!arn.success)
    return errorResponse(400, {
      code: 'InvalidInput',
      message: 'This is not the ARN of a task definition with its revision.',
      remedy: 'Choose a task definition from the list.',
    })
  const { settings, clients } = currentTarget()
  try {
    const revision = await readTaskDefinitionInput(clients(), arn.data)
    if (revision) return Response.json(revision, { headers: dataHeaders })
  } catch (error) {
    const asked = { operation: 'ecs:DescribeTaskDefinition', subject: arn.data }
    const hole = holeFromError(error, asked, settings, Date.now())
    // ECS answers ClientException for a revision that it does not know.
    const status = hole.kind === 'denied' ? 403 : hole.errorName === 'ClientException' ? 404 : 502
    return errorResponse(status, {
      code: hole.errorName,
      message: hole.message,
      remedy: hole.remedy,
    })
  }
  return errorResponse(502, {
    code: 'UnreadableTaskDefinition',
    message: 'The answer holds no task definition that could be registered again.',
    remedy: 'Look at its configuration in the inspector.',
  })
})
