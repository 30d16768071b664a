#!/bin/sh
# Makes the certificates and key stores beside it with openssl 3: ca (a root), host (names a host), weak (1,024 bits, SHA-1), all valid for 30
# days; PKCS#12 with keys under three passwords, and one without. The key is used for nothing else.
set -eu
cd "$(dirname "$0")"
openssl genrsa -out key.pem 2048
openssl genrsa -out weak.pem 1024
make() { openssl req -x509 -days 30 -subj /CN=shop.test "$@"; }
make -key key.pem -out ca.crt
make -key key.pem -out host.crt -addext subjectAltName=DNS:shop.test
make -key weak.pem -out weak.crt -sha1 -addext basicConstraints=critical,CA:FALSE
openssl x509 -in host.crt -outform DER -out host.der
openssl rsa -in key.pem -outform DER -out key.der
for password in '' changeit 'correct horse'; do
  openssl pkcs12 -export -in host.crt -inkey key.pem -passout "pass:$password" -out "p${#password}.p12"
done
openssl pkcs12 -export -nokeys -in host.crt -passout pass:changeit -out trust.p12
rm key.pem weak.pem
# With a JDK and Bouncy Castle (Debian: libbcprov-java); another key, which is in keys.bks alone.
bks() {
  keytool "$@" -noprompt -storetype BKS -storepass q1w2e3r4 \
    -provider org.bouncycastle.jce.provider.BouncyCastleProvider -providerpath /usr/share/java/bcprov.jar
}
rm -f keys.bks trust.bks
bks -genkeypair -alias shop -keyalg EC -groupname secp256r1 -dname CN=shop.test -keystore keys.bks
bks -importcert -alias ca -file weak.crt -keystore trust.bks
