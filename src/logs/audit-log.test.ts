import { describe, expect, it } from 'vitest';
import { parseAuditLine } from './audit-log.js';

// AppArmor and SELinux do not run in this kernel: lines as their documentation and users have them.
describe('denials in the audit log (built from documentation: not run)', () => {
  it.each([
    [
      'type=AVC msg=audit(1765314669.764:122): avc:  denied  { name_connect } for  pid=1001 comm="httpd" dest=9000 scontext=system_u:system_r:httpd_t:s0 tcontext=system_u:object_r:http_port_t:s0 tclass=tcp_socket permissive=0',
      {
        by: 'SELinux',
        policy: 'httpd_t',
        operation: 'name_connect',
        process: 'httpd',
        pid: 1001,
        port: 9000,
        permissive: false,
        at: 1_765_314_669_764,
        serial: '122',
      },
    ],
    [
      '[   45.547] audit: type=1400 audit(1718123812.055:422): apparmor="DENIED" operation="create" class="net" profile="/usr/bin/mailer" pid=77 comm="mailer" family="inet" sock_type="stream" protocol=6 requested_mask="create" denied_mask="create"',
      { by: 'AppArmor', policy: '/usr/bin/mailer', operation: 'create', pid: 77, port: null },
    ],
    [
      'Nov 27 23:00:00 host kernel: audit: type=1400 audit(1718123812.055:7): apparmor="DENIED" operation="connect" class="net" profile="snap.x.y" pid=7 comm=612062 family="inet" laddr=10.0.0.2 lport=40000 faddr=198.51.100.10 fport=443 sock_type="stream"',
      { by: 'AppArmor', process: 'a b', address: '198.51.100.10', port: 443 },
    ],
    [
      'type=AVC msg=audit(1718123812.055:7): apparmor="ALLOWED" operation="create" profile="x" family="inet6" sock_type="stream"',
      { by: 'AppArmor', permissive: true },
    ],
    [
      'type=UNKNOWN[1423] msg=audit(1736258533.147:45): domain=190464446 blockers=net.connect_tcp daddr=127.0.0.1 dest=80',
      { by: 'Landlock', policy: '190464446', operation: 'net.connect_tcp', address: '127.0.0.1', port: 80 },
    ],
    [
      'type=SECCOMP msg=audit(1736258533.147:46): auid=1000 uid=1000 gid=1000 ses=1 pid=9 comm="app" exe="/opt/app" sig=0 arch=c000003e syscall=42 compat=0 ip=0x7f code=0x50000',
      { by: 'seccomp', operation: '42', program: '/opt/app', permissive: false },
    ],
  ])('%s', (line, expected) => {
    expect(parseAuditLine(line)).toMatchObject(expected);
  });

  it.each([
    [
      'type=AVC msg=audit(1736258533.147:46): apparmor="DENIED" operation="open" class="file" profile="x" name="/etc/x" comm="a"',
    ],
    ['type=AVC msg=audit(1736258533.147:46): avc:  denied  { read } for  pid=1 comm="x" scontext=a:b:c:s0 tclass=file'],
    ['type=SYSCALL msg=audit(1736258533.147:45): arch=c000003e syscall=42 success=no exit=-13 comm="x" exe="/x"'],
    ['type=SECCOMP msg=audit(1736258533.147:46): pid=9 comm="app" sig=31 syscall=101 code=0x80000000'],
    ['audit(x:1): apparmor="DENIED" class="net"'],
    [`type=AVC msg=audit(1736258533.147:46): apparmor="DENIED" class="net" ${'a=b '.repeat(5_000)}`],
    [''],
  ])('takes %j for none of the network', (line) => {
    expect(parseAuditLine(line)).toBeNull();
  });

  it('is not misled by a program that has such words in its name', () => {
    const line =
      'type=AVC msg=audit(1718123812.055:7): apparmor="DENIED" operation="create" class="net" profile="x" pid=7 comm="dest=443 pid=1" family="inet"';
    expect(parseAuditLine(line)).toMatchObject({ process: 'dest=443 pid=1', pid: 7, port: null });
  });
});
