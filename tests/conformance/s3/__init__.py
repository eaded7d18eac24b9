"""The parts of s3.py: the service, the bench that cases work at, and the cases."""
