"""Pages: the customer's approval, a customer's timeline for staff, a technician's day. They work without JavaScript."""
