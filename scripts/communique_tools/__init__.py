"""The commands of curators and releasers."""
