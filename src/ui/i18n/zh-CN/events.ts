// Simplified Chinese of the events.
import type { ActionName, BirdEvent, ClusterEvent, MessageLook } from '../../../sim/index.ts'
import type { events as en, Sentence } from '../en/events.ts'

/** 起决定作用的规则，名称同 bird/table/best-route。 */
const RULES: Readonly<Record<string, string>> = {
  'only-route': '唯一路径',
  preference: 'preference 更高',
  'protocol-kind': '协议种类',
  'not-suppressed': '未被抑制',
  resolvable: '下一跳可达',
  'local-pref': '本地优先级更高',
  'as-path-length': 'AS 路径更短',
  origin: 'origin 更优',
  med: 'MED 更低',
  external: 'eBGP 优先于 iBGP',
  'igp-metric': '下一跳更近',
  'router-id': '路由器 ID 更小',
  'cluster-list-length': '经过的反射器更少',
  'peer-address': '对等体地址更小',
  older: '先到者保留',
}

const bird: Record<BirdEvent['code'], Sentence> = {
  'protocol-state': (s) => `${s.host} 的 ${s.protocol} 从 ${s.before} 变为 ${s.after}`,
  'bgp-state': (s, e) =>
    e.reason
      ? `${s.host} 的 ${s.protocol} 从 ${s.before} 变为 ${s.after}：${s.reason}`
      : `${s.host} 的 ${s.protocol} 从 ${s.before} 变为 ${s.after}`,
  'session-established': (s) => `${s.host} 的 ${s.protocol} 已 Established`,
  'session-lost': (s, e) =>
    e.reason ? `${s.host} 的 ${s.protocol} 中断：${s.reason}` : `${s.host} 的 ${s.protocol} 中断`,
  'graceful-restart-detected': (s) => `${s.host} 发现 ${s.protocol} 正在重启，暂时保留其过期路由`,
  'graceful-restart-done': (s) => `${s.host} 的 ${s.protocol} 重启完成，路由已更新`,
  'graceful-restart-timeout': (s) => `${s.host} 的 ${s.protocol} 未能按时恢复，过期路由被删除`,
  'recovery-started': (s) => `${s.host} 的 BIRD 暂不写入路由，等待 ${s.count} 个对等体发来 End-of-RIB`,
  'recovery-done': (s, e) =>
    e.timedOut ? `${s.host} 的 BIRD 等待超时，把路由写入内核` : `${s.host} 的 BIRD 已收到全部对等体的路由，写入内核`,
  reconfigured: (s, e) =>
    Array.isArray(e.changed) && e.changed.length > 0
      ? `${s.host} 的 BIRD 重新配置了 ${s.protocol}`
      : `${s.host} 的 BIRD 已重新配置`,
  'config-refused': (s) => `${s.host} 的 BIRD 拒绝新配置：${s.reason}`,
  'connection-rejected': (s) => `${s.host} 拒绝来自 ${s.address} 的连接`,
  'route-rejected': (s, e) => {
    switch (e.reason) {
      case 'own-as':
        return `${s.host} 拒绝 ${s.protocol} 发来的 ${s.prefix}：路径中含有自己的 AS`
      case 'originator-id':
        return `${s.host} 拒绝 ${s.protocol} 发来的 ${s.prefix}：自己就是始发者`
      case 'cluster-list':
        return `${s.host} 拒绝 ${s.protocol} 发来的 ${s.prefix}：cluster list 中含有自己的 cluster ID`
      case 'import-filter':
        return `${s.host} 拒绝 ${s.protocol} 发来的 ${s.prefix}：导入过滤器`
      case 'invalid-prefix':
        return `${s.host} 拒绝 ${s.protocol} 发来的 ${s.prefix}：前缀无效`
      case 'own-next-hop':
        return `${s.host} 拒绝 ${s.protocol} 发来的 ${s.prefix}：下一跳是自己的地址`
      case 'import-limit':
        return `${s.host} 拒绝 ${s.protocol} 发来的 ${s.prefix}：达到导入上限`
      default:
        return `${s.host} 拒绝 ${s.protocol} 发来的 ${s.prefix}：格式错误`
    }
  },
  'best-changed': (s, e) =>
    e.protocol === null
      ? `${s.host} 不再有到 ${s.prefix} 的路由`
      : RULES[String(e.step)]
        ? `${s.host} 为 ${s.prefix} 选用 ${s.protocol}（${RULES[String(e.step)]}）`
        : `${s.host} 从 ${s.protocol} 得到 ${s.prefix} 的路由`,
  'kernel-error': (s) => `${s.host} 的内核拒绝 ${s.prefix}：${s.reason}`,
}

const cluster: Record<ClusterEvent['code'], Sentence> = {
  'node-registered': (s) => `${s.host} 加入集群`,
  phase: (s, e) => {
    switch (e.phase) {
      case 'off':
        return `${s.host} 已关机`
      case 'booting':
        return `${s.host} 正在启动`
      case 'registered':
        return `${s.host} 已有 Node 对象`
      case 'starting':
        return `${s.host} 启动 calico-node`
      default:
        return `${s.host} 的 calico-node 已运行`
    }
  },
  'confd-rendered': (s) => `${s.host} 的 confd 生成 ${s.files}`,
  'confd-failed': (s) => `${s.host} 的 confd 失败：${s.reason}`,
  'bird-started': (s, e) => (e.recovery ? `${s.host} 的 BIRD 启动，进入恢复状态` : `${s.host} 的 BIRD 启动`),
  'bird-stopped': (s, e) =>
    e.how === 'killed'
      ? `${s.host} 的 BIRD 被强制终止`
      : e.how === 'config-error'
        ? `${s.host} 的 BIRD 因配置错误退出`
        : `${s.host} 的 BIRD 停止`,
  'block-claimed': (s) => `${s.host} 申领地址块 ${s.prefix}`,
  'block-released': (s) => `${s.host} 释放地址块 ${s.prefix}`,
  'address-assigned': (s, e) =>
    e.borrowed ? `${s.pod} 从 ${s.prefix} 借用 ${s.address}` : `${s.pod} 从 ${s.prefix} 获得 ${s.address}`,
  'address-released': (s) => `${s.pod} 归还 ${s.address}`,
  'pod-failed': (s) => `${s.pod} 无法启动：${s.reason}`,
  resource: (s, e) =>
    e.verb === 'created'
      ? `${s.kind} ${s.name} 已创建`
      : e.verb === 'deleted'
        ? `${s.kind} ${s.name} 已删除`
        : `${s.kind} ${s.name} 已修改`,
  refused: (s, e) =>
    e.by === 'operator'
      ? `operator 拒绝：${s.reason}`
      : e.by === 'bird'
        ? `BIRD 拒绝：${s.reason}`
        : e.by === 'kubelet'
          ? `kubelet 拒绝：${s.reason}`
          : e.by === 'scenario'
            ? `未执行：${s.reason}`
            : `API 拒绝：${s.reason}`,
  'not-simulated': (s) => `${s.kind} ${s.name} 已保存，但不影响本次模拟`,
  link: (s, e) => (e.up ? `${s.host} 到 ${s.network} 的链路恢复` : `${s.host} 到 ${s.network} 的链路中断`),
  powered: (s, e) => (e.on ? `${s.host} 通电` : `${s.host} 断电`),
}

const message: Record<MessageLook, { one: Sentence; many: Sentence }> = {
  OPEN: {
    one: (s) => `${s.from} 向 ${s.to} 发送 ${s.look}`,
    many: (s) => `${s.from} 向 ${s.count} 个对等体发送 ${s.look}`,
  },
  KEEPALIVE: {
    one: (s) => `${s.from} 向 ${s.to} 发送 ${s.look}`,
    many: (s) => `${s.from} 向 ${s.count} 个对等体发送 ${s.look}`,
  },
  UPDATE: {
    one: (s, e) =>
      e.more ? `${s.from} 向 ${s.to} 通告 ${s.prefix} 等，另有 ${s.more} 个` : `${s.from} 向 ${s.to} 通告 ${s.prefix}`,
    many: (s, e) =>
      e.more
        ? `${s.from} 向 ${s.count} 个对等体通告 ${s.prefix} 等，另有 ${s.more} 个`
        : `${s.from} 向 ${s.count} 个对等体通告 ${s.prefix}`,
  },
  WITHDRAW: {
    one: (s, e) =>
      e.more ? `${s.from} 向 ${s.to} 撤销 ${s.prefix} 等，另有 ${s.more} 个` : `${s.from} 向 ${s.to} 撤销 ${s.prefix}`,
    many: (s, e) =>
      e.more
        ? `${s.from} 向 ${s.count} 个对等体撤销 ${s.prefix} 等，另有 ${s.more} 个`
        : `${s.from} 向 ${s.count} 个对等体撤销 ${s.prefix}`,
  },
  'UPDATE+WITHDRAW': {
    one: (s) => `${s.from} 向 ${s.to} 通告 ${s.prefix} 并撤销其他前缀`,
    many: (s) => `${s.from} 向 ${s.count} 个对等体通告 ${s.prefix} 并撤销其他前缀`,
  },
  'END-OF-RIB': {
    one: (s) => `${s.from} 告知 ${s.to} 路由已发完（End-of-RIB）`,
    many: (s) => `${s.from} 告知 ${s.count} 个对等体路由已发完（End-of-RIB）`,
  },
  NOTIFICATION: {
    one: (s, e) =>
      e.detail ? `${s.from} 向 ${s.to} 发送 ${s.look} ${s.detail}` : `${s.from} 向 ${s.to} 发送 ${s.look}`,
    many: (s, e) =>
      e.detail
        ? `${s.from} 向 ${s.count} 个对等体发送 ${s.look} ${s.detail}`
        : `${s.from} 向 ${s.count} 个对等体发送 ${s.look}`,
  },
  'ROUTE-REFRESH': {
    one: (s, e) =>
      e.detail ? `${s.from} 向 ${s.to} 发送 ${s.look} ${s.detail}` : `${s.from} 向 ${s.to} 发送 ${s.look}`,
    many: (s, e) =>
      e.detail
        ? `${s.from} 向 ${s.count} 个对等体发送 ${s.look} ${s.detail}`
        : `${s.from} 向 ${s.count} 个对等体发送 ${s.look}`,
  },
}

const action: Record<ActionName, Sentence> = {
  'add-node': (s) => `添加节点 ${s.name}`,
  'add-host': (s) => `添加路由器 ${s.name}`,
  'remove-host': (s) => `移除路由器 ${s.name}`,
  'power-off': (s) => `${s.name} 断电`,
  'power-on': (s) => `${s.name} 通电`,
  'stop-bird': (s) => `停止 ${s.name} 的 BIRD`,
  'kill-bird': (s) => `强制终止 ${s.name} 的 BIRD`,
  'start-bird': (s) => `启动 ${s.name} 的 BIRD`,
  'restart-calico-node': (s) => `重启 ${s.name} 的 calico-node`,
  'cut-link': (s) => `切断 ${s.name} 到 ${s.network} 的链路`,
  'mend-link': (s) => `修复 ${s.name} 到 ${s.network} 的链路`,
  apply: (s, e) => (Number(e.more) > 0 ? `应用 ${s.kind} ${s.name}，另有 ${s.more} 个` : `应用 ${s.kind} ${s.name}`),
  delete: (s, e) => (Number(e.more) > 0 ? `删除 ${s.kind} ${s.name}，另有 ${s.more} 个` : `删除 ${s.kind} ${s.name}`),
  'create-pod': (s, e) => (e.node ? `在 ${s.host} 上创建 Pod ${s.pod}` : `创建 Pod ${s.pod}`),
  'delete-pod': (s) => `删除 Pod ${s.pod}`,
  exec: (s) => `${s.name}：${s.command}`,
  'set-bird-conf': (s) => `编辑 ${s.name} 的 bird.conf`,
  'set-address': (s) => `把 ${s.name} 的地址设为 ${s.address}`,
}

export const events = {
  label: '事件',
  count: (count) => `${count} 个事件`,
  list: '按时间排列的事件',
  allNodes: '全部节点',
  filter: '筛选',
  filterHost: '节点',
  filterKind: '类别',
  kinds: {
    messages: '消息',
    keepalives: 'KEEPALIVE',
    sessions: '会话',
    states: '状态变化',
    routes: '路由',
    calico: 'Calico 与 Kubernetes',
    actions: '操作',
    loss: '流量丢失与收敛',
  },
  nothing: (kinds, from, to) => `${from} 到 ${to} 之间没有${kinds}`,
  nothingYet: '尚未发生任何事件',
  clear: '清除筛选',
  you: '您',
  lost: '丢失',
  unknown: '未知主机',
  actionFailed: (name) => `${name} 失败`,
  /** The rule of best-path selection that decided. */
  steps: {
    preference: 'preference 更高',
    'protocol-kind': '协议种类',
    'not-suppressed': '未被抑制',
    resolvable: '下一跳可达',
    'local-pref': 'local preference 更高',
    'as-path-length': 'AS path 更短',
    origin: 'origin 更优',
    med: 'MED 更低',
    external: '外部优先于内部',
    'igp-metric': '下一跳更近',
    'router-id': 'router ID 更小',
    'cluster-list-length': 'cluster list 更短',
    'peer-address': '对等体地址更小',
  },
  sentence: {
    bird,
    cluster,
    message,
    action,
    command: (s) => `${s.command}：${s.reply}`,
    lossBegins: (s) => `${s.total} 对 Pod 中有 ${s.lost} 对流量丢失`,
    lossEnds: (s) => `${s.total} 对 Pod 全部恢复互通`,
    converged: (s) => `${s.seconds} 后收敛`,
  },
} satisfies typeof en
