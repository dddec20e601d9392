int main(void)
{
    return abs(-1) - 1; //~ WARN FH1301
}
