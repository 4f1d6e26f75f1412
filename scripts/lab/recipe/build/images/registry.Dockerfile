FROM 127.0.0.1:5001/library/debian:trixie-slim
ADD registry.tar /
EXPOSE 5000
VOLUME /var/lib/registry
ENTRYPOINT ["/entrypoint.sh"]
CMD ["/etc/docker/registry/config.yml"]
