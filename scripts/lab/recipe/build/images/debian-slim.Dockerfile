FROM scratch
ADD debian-slim.tar /
CMD ["bash"]
