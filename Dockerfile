# The program foldin alone, for servers that train at night:
#
#   docker run --rm -v "$PWD:/data" foldin train events.csv
#
# It copies a program that was built for musl (docs/releasing.md); nothing is compiled here.
FROM scratch
ARG TARGETARCH=amd64
COPY programs/linux-${TARGETARCH}/foldin /usr/bin/foldin
WORKDIR /tmp
COPY LICENSE-APACHE LICENSE-MIT /usr/share/doc/foldin/
WORKDIR /data
ENTRYPOINT ["/usr/bin/foldin"]
