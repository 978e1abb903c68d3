import type { Ref } from '../command'
import type { Plan } from '../plan'
import { objectLiteral, stringLiteral } from './cdk-literal'
import { leftOut } from './creates'
import { camelName, pascalName, uniqueNames, wordsOf } from './names'
import type { RenderTarget } from './rendered'
import { toCdkProps } from './template/property-names'
import { templateRemarks } from './template/remarks'
import { type Resource, referenceOf, resourcesOf } from './template/resources'
import { danglingText, type Fields, isFields, isList, refsIn, type Value } from './value'
import { visibleLine } from './visible'

/*
 * L1 constructs throughout. The L2 ones would make more than the plan says: Cluster a VPC with NAT gateways, FargateService a security
 * group, FargateTaskDefinition a task role, PrivateDnsNamespace wants a looked-up VPC, and none of them says all of Service Connect.
 * What was previewed must be what is made.
 */
const why = [
  'L1 constructs, one for one with the calls of the plan. L2 constructs would add what the plan does not have:',
  'a VPC (Cluster), security groups (FargateService), roles (FargateTaskDefinition).',
]

/** Words that no constant of the text may have for its name. */
const reserved = new Set(
  (
    'app await break case catch cdk class const construct continue debugger default delete do ecs else enum export extends ' +
    'false finally for function id if implements import in instanceof interface let new null package private props protected ' +
    'public return scope servicediscovery static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
)

const modules: Readonly<Record<string, string>> = { ECS: 'ecs', ServiceDiscovery: 'servicediscovery' }

/** `AWS::ECS::TaskDefinition` → `ecs.CfnTaskDefinition`. */
function constructOf(type: string): string {
  const [, service = '', name = ''] = type.split('::')
  return `${modules[service] ?? service.toLowerCase()}.Cfn${name}`
}

type Names = ReadonlyMap<string, string>

function expressionOf(resources: readonly Resource[], names: Names) {
  return (ref: Ref): string => {
    const reference = referenceOf(resources, ref)
    const name = reference && names.get(reference.resource.stepId)
    if (!reference || !name) return stringLiteral(danglingText(ref))
    return reference.attribute ? `${name}.attr${reference.attribute}` : `${name}.ref`
  }
}

function resourceLines(resource: Resource, resources: readonly Resource[], names: Names): string {
  const { stepId, logicalId, type, properties, sentence, dependsOn } = resource
  const name = names.get(stepId) ?? 'resource'
  const props = objectLiteral(toCdkProps(properties), expressionOf(resources, names), '    ')
  const dependencies = dependsOn.flatMap((id) => {
    const other = resources.find((one) => one.logicalId === id)
    const otherName = other && names.get(other.stepId)
    return otherName ? [`    ${name}.addDependency(${otherName})`] : []
  })
  const isUsed = resources.some(
    (other) =>
      other.dependsOn.includes(logicalId) ||
      refsIn(other.properties).some(({ $ref }) => $ref.step === stepId),
  )
  const made = `new ${constructOf(type)}(this, ${stringLiteral(logicalId)}, ${props})`
  return [
    `    // ${visibleLine(sentence)}`,
    `    ${isUsed || dependencies.length > 0 ? `const ${name} = ` : ''}${made}`,
    ...dependencies,
  ].join('\n')
}

/** CDK reads tokens in the keys of maps too, and there nothing can stand in for them. */
function hasTokenKey(value: Value): boolean {
  if (isList(value)) return value.some(hasTokenKey)
  return (
    isFields(value) &&
    Object.entries(value).some(([name, item]) => /[$#]\{Token\[/.test(name) || hasTokenKey(item))
  )
}

const tokenKeys = (resources: readonly Resource[]): readonly string[] =>
  resources.some(({ properties }) => hasTokenKey(properties))
    ? ['CDK takes a key with “{Token[” for its own and will not build with one; use another format.']
    : []

const commentLines = (lines: readonly string[], indent = '') =>
  lines.map((line) => `${indent}// ${visibleLine(line)}`)

/** CDK: the environment only as far as it is known. */
const environment = ({ region, accountId }: RenderTarget): Fields => ({
  region,
  ...(accountId === null ? {} : { account: accountId }),
})

/** A description is a label and no value, so a token in it may be broken. */
const description = (title: string) => visibleLine(title).replaceAll('{Token[', '{Token [').slice(0, 250)

/** A whole CDK app: one stack with what the plan makes; when it makes nothing, a text that says so. */
export function renderCdk(plan: Plan, target: RenderTarget): { text: string; remarks: readonly string[] } {
  const resources = resourcesOf(plan)
  const remarks = [...templateRemarks(plan, target, 'CDK'), ...tokenKeys(resources)]
  const head = commentLines([plan.title, ...leftOut(plan, 'CDK')])
  if (resources.length === 0) {
    const lines = [...head, '// There is nothing left that a stack could describe.', 'export {}']
    return { text: `${lines.join('\n')}\n`, remarks }
  }
  const names = uniqueNames(
    resources.map(({ stepId }) => stepId),
    camelName,
    reserved,
  )
  const stackId = pascalName(wordsOf(plan.title).join('-').slice(0, 100))
  const stackProps = objectLiteral(
    { description: description(plan.title), env: environment(target) },
    () => '',
    '',
  )
  const used = (service: string) => resources.some(({ type }) => type.split('::')[1] === service)
  const lines = [
    ...head,
    "import * as cdk from 'aws-cdk-lib'",
    ...(used('ECS') ? ["import * as ecs from 'aws-cdk-lib/aws-ecs'"] : []),
    ...(used('ServiceDiscovery')
      ? ["import * as servicediscovery from 'aws-cdk-lib/aws-servicediscovery'"]
      : []),
    "import type { Construct } from 'constructs'",
    '',
    ...commentLines(why),
    'class PlanStack extends cdk.Stack {',
    '  constructor(scope: Construct, id: string, props: cdk.StackProps) {',
    '    super(scope, id, props)',
    ...resources.flatMap((resource) => ['', resourceLines(resource, resources, names)]),
    '  }',
    '}',
    '',
    'const app = new cdk.App()',
    `new PlanStack(app, ${stringLiteral(stackId)}, ${stackProps})`,
    'app.synth()',
  ]
  return { text: `${lines.join('\n')}\n`, remarks }
}
