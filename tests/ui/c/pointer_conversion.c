int main(void)
{
    int number = 1;
    char *bytes = &number; //~ WARN FH1302
    return *bytes - 1;
}
