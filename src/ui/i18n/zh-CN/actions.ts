import type { ActionBody, Target } from '../../../sim/index.ts'
import type { actions as en } from '../en/actions.ts'
import { manifestSubject } from '../manifest-subject.ts'

function targetName(target: Target): string {
  return target.kind === 'link' ? `${target.host} 到 ${target.network}` : target.name
}

function manifestName(manifest: string): string {
  const { kind, name, count } = manifestSubject(manifest)
  if (count > 1) return `${count} 份清单`
  return `${kind ?? '清单'}${name ? ` ${name}` : ''}`
}

function flag(action: ActionBody): string {
  switch (action.action) {
    case 'add-node':
      return `添加节点 ${action.name}`
    case 'power-off':
      return `关闭 ${targetName(action.target)} 电源`
    case 'power-on':
      return `打开 ${targetName(action.target)} 电源`
    case 'stop-bird':
      return `停止 ${targetName(action.target)} 的 BIRD`
    case 'kill-bird':
      return `杀掉 ${targetName(action.target)} 的 BIRD`
    case 'start-bird':
      return `启动 ${targetName(action.target)} 的 BIRD`
    case 'restart-calico-node':
      return `重启 ${targetName(action.target)} 的 calico-node`
    case 'cut-link':
      return `切断链路 ${targetName(action.target)}`
    case 'mend-link':
      return `恢复链路 ${targetName(action.target)}`
    case 'apply':
      return `应用 ${manifestName(action.manifest)}`
    case 'delete':
      return `删除 ${manifestName(action.manifest)}`
    case 'create-pod':
      return action.node ? `在 ${action.node} 上创建 Pod ${action.pod}` : `创建 Pod ${action.pod}`
    case 'delete-pod':
      return `删除 Pod ${action.pod}`
    case 'exec':
      return `${targetName(action.target)}: ${action.command}`
    case 'set-bird-conf':
      return `编辑 ${targetName(action.target)} 的 bird.conf`
    case 'set-address':
      return `把 ${targetName(action.target)} 的 ${action.interface} 设为 ${action.address}`
    default:
      return action satisfies never
  }
}

export const actions = {
  flag,
  done: (what: string, at: string) => `${what}，时刻 ${at}`,
  branched: (what: string, at: string) => `${what}。已在 ${at} 分出分支，原来的未来仍保留。`,
  refused: (what: string, why: string) => `${what}被拒绝：${why}`,
  undo: '撤销',
} satisfies typeof en
