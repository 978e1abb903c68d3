import type { Setting, SettingName } from '@aws-sdk/client-ecs'
import type { Context } from '../../context'
import { makeRootArn } from '../arns'
import { invalidParameter } from '../errors'

type Rule = { readonly usual: string; readonly allowed: readonly string[]; readonly isManaged?: boolean }

const onOff = ['enabled', 'disabled'] as const

/**
 * The account settings with the values that an account has when nobody set them (ECS developer guide, "Amazon ECS account
 * settings"). guardDutyActivate is set by Amazon GuardDuty alone.
 */
export const settingRules: Readonly<Record<SettingName, Rule>> = {
  awsvpcTrunking: { usual: 'disabled', allowed: onOff },
  containerInsights: { usual: 'disabled', allowed: [...onOff, 'enhanced'] },
  containerInstanceLongArnFormat: { usual: 'enabled', allowed: onOff },
  defaultLogDriverMode: { usual: 'non-blocking', allowed: ['blocking', 'non-blocking'] },
  fargateEventWindows: { usual: 'disabled', allowed: onOff },
  fargateFIPSMode: { usual: 'disabled', allowed: onOff },
  fargateTaskRetirementWaitPeriod: { usual: '7', allowed: ['0', '7', '14'] },
  guardDutyActivate: { usual: 'off', allowed: ['on', 'off'], isManaged: true },
  serviceLongArnFormat: { usual: 'enabled', allowed: onOff },
  tagResourceAuthorization: { usual: 'on', allowed: ['on', 'off'] },
  taskLongArnFormat: { usual: 'enabled', allowed: onOff },
}

export const isSettingName = (name: string): name is SettingName => Object.hasOwn(settingRules, name)

/** Whose setting is meant: the caller's, who is the root here, or that of a user, role or root of this account. */
export function principalOf({ scope }: Pick<Context, 'scope'>, principalArn: string | undefined): string {
  if (principalArn === undefined) return makeRootArn(scope)
  const named = /^arn:aws:iam::(\d{12}):(?:root|(?:user|role)\/[\w+=,.@/-]{1,512})$/.exec(principalArn)
  if (!named)
    throw invalidParameter(
      `Invalid principalArn '${principalArn}': the ARN of a user, a role or the root user.`,
    )
  if (named[1] !== scope.accountId)
    throw invalidParameter(
      `The principal '${principalArn}' does not belong to the account ${scope.accountId}.`,
    )
  return principalArn
}

/** Key of a setting in the state. */
export const settingKey = (principalArn: string, name: SettingName): string => `${principalArn} ${name}`

/** What is in force for a principal: its own value, else the root's, else what every account has. */
export function effectiveSetting(
  { state, scope }: Pick<Context, 'state' | 'scope'>,
  principalArn: string,
  name: SettingName,
): Setting {
  const { accountSettings } = state.ecs
  const root = makeRootArn(scope)
  const told =
    accountSettings.get(settingKey(principalArn, name)) ?? accountSettings.get(settingKey(root, name))
  const { usual, isManaged } = settingRules[name]
  return {
    name,
    value: told?.value ?? usual,
    principalArn: told?.principalArn ?? root,
    type: isManaged ? 'aws_managed' : 'user',
  }
}

/** Throws `InvalidParameterException` for a value that a setting does not take. */
export function checkSetting(name: string, value: string): asserts name is SettingName {
  if (!isSettingName(name)) throw invalidParameter(`Invalid account setting name '${name}'.`)
  const { allowed, isManaged } = settingRules[name]
  if (isManaged) throw invalidParameter(`${name} can not be changed here: Amazon GuardDuty controls it.`)
  if (!allowed.includes(value))
    throw invalidParameter(`Invalid value '${value}' of ${name}: it takes ${allowed.join(', ')}.`)
}
