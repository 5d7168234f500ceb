"""Socratic sessions played without a network: twelve targets, twelve learners, eight models, one rubric."""
